using System.Net;
using System.Text;
using ResumableDownload.Model;
using ResumableDownload.Protocol;
using ResumableDownload.Storage;
using ResumableDownload.Transfer;
using ResumableDownload.Transport;

namespace ResumableDownload.Tests.TestKit;

/// <summary>One destination on a simulated volume, a scripted server, and a clock: everything a download needs, and nothing real.</summary>
internal sealed class Bench : IDisposable
{
    public static readonly Uri Source = new("https://origin.test/file.bin?token=secret");

    private static int made;

    private readonly List<HttpClient> _clients = [];

    public Bench(ResourceVersion version)
        : this(version, new FakeTimeProvider())
    {
    }

    public Bench(ResourceVersion version, FakeTimeProvider time, string? target = null)
    {
        (Time, Disk, Server) = (time, new SimulatedDisk(time), new ScriptedHandler(time, version));
        Paths = new(target ?? NewTarget());
    }

    public FakeTimeProvider Time { get; }

    /// <summary>What the caller asks for.</summary>
    public Uri Address { get; set; } = Source;

    public KeyValuePair<string, string>[] Headers { get; set; } = [];

    public string[] SharedHeaders { get; set; } = [];

    /// <summary>The version of HTTP that the caller's client speaks where nothing else is asked for.</summary>
    public Version Speaks { get; set; } = HttpVersion.Version11;

    /// <summary>The part of the resource that the caller wants.</summary>
    public ByteRange? Range { get; set; }

    public SimulatedDisk Disk { get; set; }

    public ScriptedHandler Server { get; set; }

    public CollectingLogger Logger { get; } = new();

    public SidecarPaths Paths { get; init; }

    public string Target => Paths.Destination;

    public ExistingDestination Existing { get; set; } = ExistingDestination.Replace;

    public PartialVerification Verification { get; set; } = PartialVerification.Unflushed;

    /// <summary>What the caller does about a refused address.</summary>
    public Func<UriRefresh, CancellationToken, ValueTask<Uri?>>? RefreshUri { get; set; }

    /// <summary>Who hears of attempts.</summary>
    public IRunWatch? Watch { get; set; }

    /// <summary>What one downloader remembers of origins; each run has a fresh one unless a test shares it.</summary>
    public OriginMemory? Memory { get; set; }

    public TransferSettings Settings { get; set; } = new(
        new AnswerLimits(null, null, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1)),
        ResumeCondition.Auto,
        new RetrySettings(5, TimeSpan.FromSeconds(0.5), TimeSpan.FromMinutes(1)),
        new StallSettings(TimeSpan.FromSeconds(30), 1024),
        MaxStartOvers: 3);

    /// <summary>A path of its own for each test: what a process waits for is known by path.</summary>
    public static string NewTarget() => $"/volume/{Interlocked.Increment(ref made)}.bin";

    public PartialFileSetup Setup => new(Disk, Paths, ResourceName.Of(Address, null, Range), Verification, Existing, Time) { ExpectedDigest = Settings.ExpectedDigest };

    /// <summary>Begins a run; time stands still unless a test moves it.</summary>
    public Task<DownloadResult> Start(IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var client = new HttpClient(Server, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan, DefaultRequestVersion = Speaks };
        _clients.Add(client);
        var address = new LiveAddress(new OriginAddress(Address, Headers) { Shared = SharedHeaders, Window = Range is { } range ? new(range) : null }, RefreshUri, Time);
        return Time.Begin(() => new DownloadRun(new OriginClient(client, Time), address, Memory ?? new(Time), Setup, Settings, Logger) { Watch = Watch }.RunAsync(progress, cancellationToken));
    }

    /// <summary>Runs to the end, however much fake time that takes.</summary>
    public Task<DownloadResult> RunAsync(IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Time.DriveAsync(Start(progress, cancellationToken));

    /// <summary>Runs to a failure.</summary>
    public async Task<DownloadException> FailAsync(IProgress<DownloadProgress>? progress = null) =>
        await Assert.ThrowsAsync<DownloadException>(() => RunAsync(progress));

    /// <summary>What the journal beside the destination claims; <see langword="null"/> when it claims nothing.</summary>
    public JournalImage? Claims() => ClaimsOf(Disk);

    public JournalImage? ClaimsOf(SimulatedDisk disk) => disk.Bytes(Paths.Journal) is { } bytes ? (JournalFold.Read(bytes) as JournalReading.Held)?.Image : null;

    public string JournalText() => Encoding.UTF8.GetString(Disk.Bytes(Paths.Journal) ?? []);

    /// <summary>Fetches so many bytes and is then cut off by the server, as an earlier run that failed.</summary>
    public async Task KeepAsync(long bytes)
    {
        var settings = Settings;
        Settings = Settings with { Retry = Settings.Retry with { MostFruitless = 1 } };
        Server.Then(new Conduct { CutAfter = bytes }, new Conduct { Fails = new HttpRequestException("down") });
        await FailAsync();
        Settings = settings;
        Assert.Equal(bytes, Claims()?.Received.Length);
    }

    public void AssertWhole(ResourceVersion version)
    {
        Assert.Equal(Range is { } range ? version.Content[(int)range.Start..(int)range.End] : version.Content, Disk.Bytes(Target));
        Assert.Equal([Target], Disk.Names);
        Assert.Equal(0, Disk.OpenFiles);
    }

    public void Dispose() => _clients.ForEach(static client => client.Dispose());
}
