using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

public sealed class LighttpdStories(LighttpdServer server, ITestOutputHelper output) : IClassFixture<LighttpdServer>
{
    public static TheoryData<string> Doors => Claims.Of(LighttpdServer.All);

    public static TheoryData<string, Story> Rows => Stories.On(LighttpdServer.All);

    [ServerTheory("lighttpd")]
    [MemberData(nameof(Doors))]
    public Task A_door_is_what_it_claims_to_be(string door) => Claims.CheckAsync(server, door);

    [ServerTheory("lighttpd")]
    [MemberData(nameof(Rows))]
    public Task The_bytes_are_right_or_the_failure_is_honest(string door, Story story) => Stories.PlayAsync(server, door, story, output);
}
