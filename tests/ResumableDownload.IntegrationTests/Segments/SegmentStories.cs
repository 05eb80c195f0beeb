using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

/// <summary>What can happen to a file on a real server while several connections bring it.</summary>
public enum SegmentStory
{
    Undisturbed,
    Paused,
    ReplacedMeanwhile,
    ReplacedTwiceMeanwhile,
    ReplacedWhilePaused,
}

/// <summary>The stories, told the same way on every server: never a mixture, and little is given up.</summary>
internal static class SegmentStories
{
    private const int Length = 12 * Many.MiB;

    public static TheoryData<string, SegmentStory> On(IEnumerable<Door> doors) =>
        Matrix.Of([.. doors.Select(static door => door.Name)], Enum.GetValues<SegmentStory>());

    public static async Task PlayAsync(RealServer server, string name, SegmentStory story, ITestOutputHelper output)
    {
        var door = server.Doors.Single(each => each.Name == name);
        using var visit = new SegmentVisit(server, door, output);
        visit.Publish(1, Length);
        switch (story)
        {
            case SegmentStory.Paused:
                await visit.PauseAsync(Length / 2);
                break;
            case SegmentStory.ReplacedMeanwhile:
                visit.Wire.Then(Length / 3, () => visit.Publish(2, Length));
                break;
            case SegmentStory.ReplacedTwiceMeanwhile:
                visit.Wire.Then(Length / 4, () =>
                {
                    visit.Publish(2, Length);
                    visit.Wire.Then(Length / 2, () => visit.Publish(3, Length));
                });
                break;
            case SegmentStory.ReplacedWhilePaused:
                await visit.PauseAsync(Length / 2);
                visit.Publish(2, Length);
                break;
        }

        var result = await visit.FinishAsync();

        var changes = story switch { SegmentStory.Undisturbed or SegmentStory.Paused => 0, SegmentStory.ReplacedTwiceMeanwhile => 2, _ => 1 };
        Assert.InRange(result?.StartedOver.Count ?? 0, 0, changes);
        visit.AssertHoldsAVersion(isOpen: result is not null);
    }
}

/// <summary>A user with several connections to one door of a server.</summary>
internal sealed class SegmentVisit(RealServer server, Door door, ITestOutputHelper output) : IDisposable
{
    private readonly string _name = $"{Guid.NewGuid():N}.txt";
    private readonly TempFolder _folder = new();
    private readonly List<Resource> _published = [];

    public PacedWire Wire { get; } = new(door, server);

    private string Destination => _folder["file.txt"];

    public void Publish(int version, int length)
    {
        _published.Add(Many.Version(version, length));
        server.Publish(_name, _published[^1], version);
    }

    public async Task PauseAsync(long received)
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(new Many.Trigger(report => report.Received >= received, stop.Cancel), stop.Token));
    }

    /// <summary>A run to the end; <see langword="null"/> when it failed as it may.</summary>
    public async Task<DownloadResult?> FinishAsync()
    {
        var probe = new ProgressProbe();
        try
        {
            var result = await RunAsync(probe, CancellationToken.None);
            output.WriteLine($"whole in {result.Elapsed.TotalSeconds:0.0} s, {result.Fetched} of {result.Length} bytes fetched, given up: [{string.Join(", ", result.StartedOver)}]");
            return result;
        }
        catch (DownloadException failure) when (door.MayBreak)
        {
            output.WriteLine($"{failure.Failure}, {failure.Kept} bytes kept: {failure.Message}");
            return null;
        }
        finally
        {
            output.WriteLine($"{probe.Reports.Max(static report => report.Connections)} connections at most\n{string.Join('\n', Wire.Exchanges)}");
        }
    }

    /// <summary>Exactly one version that was published; the newest or, for who began before, the one before it.</summary>
    public void AssertHoldsAVersion(bool isOpen)
    {
        Assert.Equal(isOpen, File.Exists(Destination));
        if (isOpen)
        {
            var actual = File.ReadAllBytes(Destination);
            Assert.True(_published.Exists(version => version.Bytes.AsSpan().SequenceEqual(actual)), "It is none of the versions that were published.");
        }
    }

    public void Dispose()
    {
        Wire.Dispose();
        _folder.Dispose();
    }

    private async Task<DownloadResult> RunAsync(IProgress<DownloadProgress> progress, CancellationToken cancellationToken)
    {
        using var client = Wire.NewClient();
        using var downloader = new ResumableDownloader(client, Scene.Impatient());
        return await downloader.DownloadAsync(server.UrlOf(door, _name), Destination, progress, cancellationToken).WaitAsync(Wait.Limit, CancellationToken.None);
    }
}
