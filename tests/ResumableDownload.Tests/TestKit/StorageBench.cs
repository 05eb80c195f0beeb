using ResumableDownload.Integrity;
using ResumableDownload.Model;
using ResumableDownload.Storage;

namespace ResumableDownload.Tests.TestKit;

/// <summary>A partial file on a simulated volume, without any network.</summary>
internal sealed class StorageBench
{
    public StorageBench(string? target = null) => (Disk, Paths) = (new(Time), new(target ?? Bench.NewTarget()));

    public FakeTimeProvider Time { get; } = new();

    public SimulatedDisk Disk { get; set; }

    public SidecarPaths Paths { get; init; }

    public string Target => Paths.Destination;

    public PartialVerification Verification { get; set; } = PartialVerification.Unflushed;

    public ExistingDestination Existing { get; set; } = ExistingDestination.Replace;

    public string Resource { get; set; } = "sha256:r";

    public SumKind? PreferredSum { get; set; }

    /// <summary>What the partial file should hold.</summary>
    public byte[] Content { get; } = ResourceVersion.Random(20_000, 5, null).Content;

    public PartialFileSetup Setup => new(Disk, Paths, Resource, Verification, Existing, Time) { ExpectedDigest = PreferredSum is { } kind ? Digest.OfCrc(kind.Algorithm, 0) : null };

    public async Task<PartialFile> OpenAsync() => (await OpenedAsync()).File;

    public async Task<OpenedPartial> OpenedAsync() =>
        await PartialFile.OpenAsync(Setup, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>Opens and begins a generation.</summary>
    public async Task<PartialFile> BeginAsync(string tag = "\"v1\"", long? length = null)
    {
        var file = await OpenAsync();
        await file.BeginAsync(Representation(tag, length), "https://host/", OriginTraits.None, CancellationToken.None);
        return file;
    }

    /// <summary>Opens and begins a generation that the server gave a name.</summary>
    public async Task<PartialFile> BeginNamedAsync(string? name, long length, string tag = "\"v1\"")
    {
        var file = await OpenAsync();
        try
        {
            await file.BeginAsync(Representation(tag, length) with { FileName = name }, "https://host/", OriginTraits.None, CancellationToken.None);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static Representation Representation(string tag, long? length) => new(new Validator { EntityTag = tag }, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), length, null);

    public ValueTask WriteAsync(PartialFile file, int start, int end) => file.WriteAsync(start, Content.AsMemory(start, end - start), CancellationToken.None);

    /// <summary>Lets the time for a background flush come; the next write begins it.</summary>
    public void LetFlushBecomeDue() => Time.Advance(TimeSpan.FromSeconds(2));

    /// <summary>Leaves runs of 3000 bytes, of which those up to the one at 1500 are marked.</summary>
    public async Task LeaveAsync(int run = 500)
    {
        using var file = await BeginAsync();
        for (var at = 0; at < 3000; at += run)
        {
            if (at == 1500)
            {
                LetFlushBecomeDue();
            }

            await WriteAsync(file, at, at + run);
        }

        Assert.Equal((1500 / run) + 1, MarkedRanges().Length);
    }

    public JournalImage Claims() => Assert.IsType<JournalReading.Held>(JournalFold.Read(Disk.Bytes(Paths.Journal))).Image;

    /// <summary>The claims that rest on a mark.</summary>
    public static IEnumerable<JournaledRun> Marked(JournalImage image) => image.Runs.Where(run => run.LineEnd <= image.Flushed.Offset);

    public ByteRange[] MarkedRanges() => [.. Marked(Claims()).Select(static run => run.Run.Range)];
}
