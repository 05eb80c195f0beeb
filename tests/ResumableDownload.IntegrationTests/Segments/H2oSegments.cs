using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

public sealed class H2oSegments(H2oServer server, ITestOutputHelper output) : IClassFixture<H2oServer>
{
    public static TheoryData<string, SegmentStory> Rows => SegmentStories.On(H2oServer.All);

    [ServerTheory("h2o")]
    [MemberData(nameof(Rows))]
    public Task Several_connections_never_mix_versions(string door, SegmentStory story) => SegmentStories.PlayAsync(server, door, story, output);
}
