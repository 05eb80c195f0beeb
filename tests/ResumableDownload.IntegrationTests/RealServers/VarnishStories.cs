using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

public sealed class VarnishStories(VarnishServer server, ITestOutputHelper output) : IClassFixture<VarnishServer>
{
    public static TheoryData<string> Doors => Claims.Of(CacheServer.All);

    public static TheoryData<string, Story> Rows => Stories.On(CacheServer.All);

    [ServerTheory("varnish", "nginx-light")]
    [MemberData(nameof(Doors))]
    public Task A_door_is_what_it_claims_to_be(string door) => Claims.CheckAsync(server, door);

    [ServerTheory("varnish", "nginx-light")]
    [MemberData(nameof(Rows))]
    public Task The_bytes_are_right_or_the_failure_is_honest(string door, Story story) => Stories.PlayAsync(server, door, story, output);
}
