using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

public sealed class VarnishSegments(VarnishServer server, ITestOutputHelper output) : IClassFixture<VarnishServer>
{
    public static TheoryData<string, SegmentStory> Rows => SegmentStories.On(CacheServer.All);

    [ServerTheory("varnish", "nginx-light")]
    [MemberData(nameof(Rows))]
    public Task Several_connections_never_mix_versions(string door, SegmentStory story) => SegmentStories.PlayAsync(server, door, story, output);
}
