using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

public sealed class KestrelStories(KestrelServer server, ITestOutputHelper output) : IClassFixture<KestrelServer>
{
    public static TheoryData<string> Doors => Claims.Of(KestrelServer.All);

    public static TheoryData<string, Story> Rows => Stories.On(KestrelServer.All);

    [Theory]
    [MemberData(nameof(Doors))]
    public Task A_door_is_what_it_claims_to_be(string door) => Claims.CheckAsync(server, door);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_bytes_are_right_or_the_failure_is_honest(string door, Story story) => Stories.PlayAsync(server, door, story, output);
}
