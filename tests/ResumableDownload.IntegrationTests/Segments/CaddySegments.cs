using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

public sealed class CaddySegments(CaddyServer server, ITestOutputHelper output) : IClassFixture<CaddyServer>
{
    public static TheoryData<string, SegmentStory> Rows => SegmentStories.On(CaddyServer.All);

    [ServerTheory("caddy")]
    [MemberData(nameof(Rows))]
    public Task Several_connections_never_mix_versions(string door, SegmentStory story) => SegmentStories.PlayAsync(server, door, story, output);
}
