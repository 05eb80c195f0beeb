namespace ResumableDownload.IntegrationTests;

/// <summary>An origin that behaves by chance, a file that changes by chance, and a user who cancels by chance: all from one seed.</summary>
internal sealed class StressWorld : IAsyncDisposable
{
    private const int MostRuns = 40;

    private readonly Scene _scene;
    private readonly Random _random;
    private readonly int _length;
    private readonly bool _changes;
    private readonly bool _ignoresIfRange;
    private readonly bool _ignoresIfMatch;
    private readonly double _trouble;
    private int _version = 1;
    private int _runs;

    public StressWorld(int seed)
    {
        _random = new(seed);
        _length = _random.Next(3 * Many.MiB, 7 * Many.MiB);
        _scene = new(Many.Version(1, _length));
        _scene.Options.MaxConnections = new[] { 2, 4, 8, 32 }[_random.Next(4)];
        _scene.Options.StallTimeout = TimeSpan.FromSeconds(12);
        (_changes, _ignoresIfRange, _ignoresIfMatch) = (_random.Next(3) > 0, _random.Next(5) == 0, _random.Next(5) == 0);
        _trouble = _random.NextDouble() * 0.6;
        _scene.Origin.ByRequest = _ => Chance();
    }

    /// <summary>How it ended.</summary>
    public string End { get; private set; } = "hung or wrong";

    /// <summary>Runs until the file is whole, cancelled or failed now and then.</summary>
    public async Task LiveAsync()
    {
        while (true)
        {
            Assert.True(++_runs <= MostRuns, $"Not whole after {MostRuns} runs.");
            if (await RunAsync())
            {
                AssertServed();
                return;
            }

            Assert.False(File.Exists(_scene.Destination), "A failure must not leave a file.");
            if (_runs > MostRuns / 2)
            {
                // In the end every server comes to rest.
                _scene.Origin.ByRequest = static _ => Many.Paced;
            }
        }
    }

    public override string ToString() =>
        $"{_length} bytes, {_scene.Options.MaxConnections} connections, trouble {_trouble:0.00}, version {_version}, run {_runs}, {_scene.Requests.Count} requests{(_ignoresIfRange ? ", ignores If-Range" : "")}{(_ignoresIfMatch ? ", ignores If-Match" : "")}";

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private async Task<bool> RunAsync()
    {
        using var stop = new CancellationTokenSource();
        var pause = Next(3) == 0 ? Next(_length) : long.MaxValue;
        try
        {
            var result = await _scene.HurryAsync(new Many.Trigger(report => report.Received >= pause, stop.Cancel), stop.Token);
            End = $"whole after {(_runs == 1 ? "one run" : _runs <= 3 ? "two or three runs" : "more runs")}, given up {(result.StartedOver.Count == 0 ? "never" : result.StartedOver.Count == 1 ? "once" : "more often")} in the last";
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It hangs{(stop.IsCancellationRequested ? " although it was cancelled" : "")}.\n{string.Join('\n', _scene.Requests)}\n{string.Join('\n', _scene.Log.Lines)}");
            return false;
        }
        catch (DownloadException failure)
        {
            Assert.True(IsHonest(failure.Failure), $"{failure.Failure} is not what this server did: {failure}");
            return false;
        }
    }

    private void AssertServed()
    {
        var actual = File.ReadAllBytes(_scene.Destination);
        Assert.True(
            Enumerable.Range(1, _version).Any(version => Many.Version(version, _length).Bytes.AsSpan().SequenceEqual(actual)),
            $"It is none of the versions: {Describe(actual)}");
        Assert.Equal([_scene.Destination], Directory.GetFileSystemEntries(_scene.Folder.Path));
    }

    // Which MiB is of which version.
    private string Describe(byte[] actual) => $"{actual.Length} bytes: " + string.Join(' ', Enumerable.Range(0, actual.Length / 65536).Select(
        index => Enumerable.Range(1, _version).FirstOrDefault(version => actual.AsSpan(index * 65536, 65536).SequenceEqual(Many.Version(version, _length).Bytes.AsSpan(index * 65536, 65536)))));

    private static bool IsHonest(DownloadFailure failure) => failure is DownloadFailure.Connection or DownloadFailure.ServerUnavailable or DownloadFailure.NotFound
        or DownloadFailure.AccessDenied or DownloadFailure.SourceUnstable or DownloadFailure.Refused or DownloadFailure.ProtocolViolation or DownloadFailure.UnexpectedCoding;

    private Conduct Chance()
    {
        lock (_random)
        {
            var change = _changes && _random.Next(8) == 0;
            var honest = Many.Paced with
            {
                IgnoresIfRange = _ignoresIfRange,
                IgnoresIfMatch = _ignoresIfMatch,
                Pieces = (_random.Next(16, 97) * 1024, TimeSpan.FromMilliseconds(2)),
                First = change ? Change : null,
            };
            return _random.NextDouble() >= _trouble ? honest : Trouble(honest, _random.Next(10), _random.Next(_length / 2));
        }
    }

    private static Conduct Trouble(Conduct honest, int kind, int at) => kind switch
    {
        0 or 1 => honest with { BodyLimit = at, Ending = Ending.Reset },
        2 => honest with { BodyLimit = at, Ending = Ending.Close },
        3 => honest with { BodyLimit = at, Ending = Ending.Stall },
        4 => Conduct.Silence(Ending.Reset),
        5 => Conduct.Refuse(503),
        6 => Conduct.Refuse(429, ("Retry-After", "1")),
        7 => honest with { IgnoresRange = true },
        8 => Conduct.Refuse(500),
        _ => honest with { Pieces = (8 * 1024, TimeSpan.FromMilliseconds(3)) },
    };

    private void Change()
    {
        lock (_random)
        {
            _scene.Origin.Resource = Many.Version(++_version, _length);
        }
    }

    private int Next(int below)
    {
        lock (_random)
        {
            return _random.Next(below);
        }
    }
}
