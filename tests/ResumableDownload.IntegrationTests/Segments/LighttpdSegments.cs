using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

public sealed class LighttpdSegments(LighttpdServer server, ITestOutputHelper output) : IClassFixture<LighttpdServer>
{
    public static TheoryData<string, SegmentStory> Rows => SegmentStories.On(LighttpdServer.All);

    [ServerTheory("lighttpd")]
    [MemberData(nameof(Rows))]
    public Task Several_connections_never_mix_versions(string door, SegmentStory story) => SegmentStories.PlayAsync(server, door, story, output);
}
