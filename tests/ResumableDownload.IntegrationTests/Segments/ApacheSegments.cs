using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

public sealed class ApacheSegments(ApacheServer server, ITestOutputHelper output) : IClassFixture<ApacheServer>
{
    public static TheoryData<string, SegmentStory> Rows => SegmentStories.On(ApacheServer.All);

    [ServerTheory("apache2-bin")]
    [MemberData(nameof(Rows))]
    public Task Several_connections_never_mix_versions(string door, SegmentStory story) => SegmentStories.PlayAsync(server, door, story, output);
}
