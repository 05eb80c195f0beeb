using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

public sealed class KestrelSegments(KestrelServer server, ITestOutputHelper output) : IClassFixture<KestrelServer>
{
    public static TheoryData<string, SegmentStory> Rows => SegmentStories.On(KestrelServer.All);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Several_connections_never_mix_versions(string door, SegmentStory story) => SegmentStories.PlayAsync(server, door, story, output);
}
