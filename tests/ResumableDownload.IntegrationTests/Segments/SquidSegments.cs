using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

public sealed class SquidSegments(SquidServer server, ITestOutputHelper output) : IClassFixture<SquidServer>
{
    public static TheoryData<string, SegmentStory> Rows => SegmentStories.On(CacheServer.All);

    [ServerTheory("squid", "nginx-light")]
    [MemberData(nameof(Rows))]
    public Task Several_connections_never_mix_versions(string door, SegmentStory story) => SegmentStories.PlayAsync(server, door, story, output);
}
