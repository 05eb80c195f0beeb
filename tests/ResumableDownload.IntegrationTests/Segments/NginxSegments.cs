using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

public sealed class NginxSegments(NginxServer server, ITestOutputHelper output) : IClassFixture<NginxServer>
{
    public static TheoryData<string, SegmentStory> Rows => SegmentStories.On(NginxServer.All);

    [ServerTheory("nginx-light")]
    [MemberData(nameof(Rows))]
    public Task Several_connections_never_mix_versions(string door, SegmentStory story) => SegmentStories.PlayAsync(server, door, story, output);
}
