using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

public sealed class H2oStories(H2oServer server, ITestOutputHelper output) : IClassFixture<H2oServer>
{
    public static TheoryData<string> Doors => Claims.Of(H2oServer.All);

    public static TheoryData<string, Story> Rows => Stories.On(H2oServer.All);

    [ServerTheory("h2o")]
    [MemberData(nameof(Doors))]
    public Task A_door_is_what_it_claims_to_be(string door) => Claims.CheckAsync(server, door);

    [ServerTheory("h2o")]
    [MemberData(nameof(Rows))]
    public Task The_bytes_are_right_or_the_failure_is_honest(string door, Story story) => Stories.PlayAsync(server, door, story, output);
}
