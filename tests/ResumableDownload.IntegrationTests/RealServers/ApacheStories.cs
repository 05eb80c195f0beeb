using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

public sealed class ApacheStories(ApacheServer server, ITestOutputHelper output) : IClassFixture<ApacheServer>
{
    public static TheoryData<string> Doors => Claims.Of(ApacheServer.All);

    public static TheoryData<string, Story> Rows => Stories.On(ApacheServer.All);

    [ServerTheory("apache2-bin")]
    [MemberData(nameof(Doors))]
    public Task A_door_is_what_it_claims_to_be(string door) => Claims.CheckAsync(server, door);

    [ServerTheory("apache2-bin")]
    [MemberData(nameof(Rows))]
    public Task The_bytes_are_right_or_the_failure_is_honest(string door, Story story) => Stories.PlayAsync(server, door, story, output);
}
