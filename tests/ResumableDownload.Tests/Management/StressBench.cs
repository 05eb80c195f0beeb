using System.Collections.Concurrent;
using ResumableDownload.Tests.Facade;

namespace ResumableDownload.Tests.Management;

/// <summary>A manager to which anything is done at any time, and what is found to be wrong with it.</summary>
internal sealed class StressBench : IAsyncDisposable
{
    public const int Slots = 12;
    public const int MostDownloads = 4;
    public const int MostPerHost = 2;

    private readonly HttpClient _client;
    private readonly ResumableDownloader _downloader;
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentBag<(Download Download, ChainListener Listener)> _listeners = [];
    private readonly ConcurrentBag<(StateChain Chain, Task End)> _watchers = [];
    private int _names;

    public StressBench(int seed)
    {
        Origin = new(seed);
        _client = new(Origin, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        _downloader = new(_client, new() { RetryDelay = TimeSpan.Zero, MaxRetryDelay = TimeSpan.Zero, MaxAttemptsWithoutProgress = 2, FinalCheck = FinalCheck.Never });
        Manager = new(new() { NetworkMonitor = Network, MaxConcurrentDownloads = MostDownloads, MaxConcurrentPerHost = MostPerHost }, _downloader);
    }

    public ChaosOrigin Origin { get; }

    public ScriptedMonitor Network { get; } = new();

    public DownloadManager Manager { get; }

    public ConcurrentQueue<string> Violations { get; } = new();

    /// <summary>All downloads that were ever added.</summary>
    public ConcurrentDictionary<Download, bool> Known { get; } = new();

    public string PathOf(int slot) => _folder.File($"file{slot}");

    /// <summary>The resource of a slot; with the other one, something else to the same destination.</summary>
    public DownloadRequest Request(int slot, bool isOther = false) =>
        new(new Uri($"https://host{slot % 3}.test/{(isOther ? "other" : "file")}{slot}"), PathOf(slot)) { Network = slot % 4 == 0 ? NetworkRequirement.UnmeteredOnly : NetworkRequirement.Any };

    /// <summary>Adds the download of a slot, unless that is refused.</summary>
    public Download? Add(int slot, bool isOther = false, bool listens = false, int priority = 0)
    {
        var listener = listens ? new ChainListener(Violations, Interlocked.Increment(ref _names)) : null;
        try
        {
            var download = Manager.Add(Request(slot, isOther), listener, priority);
            Known.TryAdd(download, true);
            if (listener is not null)
            {
                _listeners.Add((download, listener));
            }

            return download;
        }
        catch (Exception exception) when (exception is InvalidOperationException)
        {
            // Something else is being downloaded there, or cancelled; or the manager is disposed.
            return null;
        }
    }

    /// <summary>Watches until the manager ends.</summary>
    public void Watch()
    {
        var chain = new StateChain(Violations, $"watcher {Interlocked.Increment(ref _names)}");
        _watchers.Add((chain, Task.Run(async () =>
        {
            await foreach (var notice in Manager.WatchAsync())
            {
                chain.Hear(notice);
            }
        })));
    }

    /// <summary>The names of what is kept for a slot.</summary>
    public IEnumerable<string> KeptOf(int slot) => _folder.Names.Where(name => name.StartsWith($"file{slot}.", StringComparison.Ordinal));

    /// <summary>Looks at what must hold once the manager is disposed.</summary>
    public async Task CheckAfterEndAsync()
    {
        Expect(Origin.InFlight == 0, "requests are under way after the end");
        Expect(Origin.Most <= MostDownloads, $"{Origin.Most} downloads ran at once");
        Expect(Origin.MostOfHost <= MostPerHost, $"{Origin.MostOfHost} downloads of one host ran at once");
        Expect(Known.Keys.All(static download => download.Completion.IsCompleted), "a completion does not end");

        // A stop does not wait for the flush of a journal that was to take another one's place, and is deleted instead: its handle goes with the flush.
        Expect(SpinWait.SpinUntil(() => OpenFiles().Length == 0, TimeSpan.FromSeconds(20)), $"open files: {string.Join(", ", OpenFiles())}");
        foreach (var (chain, end) in _watchers)
        {
            await ManagerBench.Soon(end);
            foreach (var download in Manager.Downloads)
            {
                Expect(chain.LastOf(download) == download.State, $"a watcher heard last of {download} that it was {chain.LastOf(download)}");
            }
        }

        foreach (var (download, listener) in _listeners)
        {
            Expect(
                SpinWait.SpinUntil(() => listener.Chain.LastOf(download) is not { } last || last == download.State, TimeSpan.FromSeconds(20)),
                $"a listener heard last of {download} that it was {listener.Chain.LastOf(download)}");
        }

        for (var slot = 0; slot < Slots; slot++)
        {
            Expect(!File.Exists(PathOf(slot)) || IsAny(slot, await File.ReadAllBytesAsync(PathOf(slot))), $"file {slot} is no version of anything");
        }
    }

    public void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            Violations.Enqueue(otherwise);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ManagerBench.Soon(Manager.DisposeAsync().AsTask());
        _downloader.Dispose();
        _client.Dispose();
        _folder.Dispose();
    }

    private bool IsAny(int slot, byte[] content) => Origin.IsAny($"file{slot}", content) || Origin.IsAny($"other{slot}", content);

    private string[] OpenFiles() => !OperatingSystem.IsLinux() ? [] : [.. Directory.GetFiles("/proc/self/fd").Select(TargetOf).OfType<string>().Where(target => target.StartsWith(_folder.File(string.Empty), StringComparison.Ordinal))];

    private static string? TargetOf(string handle)
    {
        try
        {
            return File.ResolveLinkTarget(handle, returnFinalTarget: false)?.FullName;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
