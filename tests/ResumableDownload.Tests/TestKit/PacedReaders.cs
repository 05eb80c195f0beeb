using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.TestKit;

/// <summary>Readers that share speed limits on fake time, and what each of them read when.</summary>
internal sealed class PacedReaders
{
    private readonly List<(TimeSpan At, int Reader, long Bytes)> _reads = [];

    public FakeTimeProvider Time { get; } = new();

    public int Count => _reads.Count;

    /// <summary>Begins a download of one connection that reads for ever; what is returned ends when it was cancelled.</summary>
    /// <param name="limit">What it shares.</param>
    /// <param name="reader">Its number.</param>
    /// <param name="most">No read brings more.</param>
    /// <param name="latency">How long each read takes; none when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Its end.</param>
    public Task Start(BandwidthLimit limit, int reader, int most = int.MaxValue, Func<TimeSpan>? latency = null, CancellationToken cancellationToken = default) =>
        Start(new DownloadPace([limit]), reader, most, latency, cancellationToken);

    /// <summary>Begins a connection of a download.</summary>
    public Task Start(DownloadPace download, int reader, int most = int.MaxValue, Func<TimeSpan>? latency = null, CancellationToken cancellationToken = default)
    {
        var run = Task.CompletedTask;
        Inline.Run(() => run = ReadAsync(download, reader, most, latency, cancellationToken));
        return run;
    }

    /// <summary>Begins so many downloads of one connection.</summary>
    public void StartMany(BandwidthLimit limit, int count, int most = int.MaxValue)
    {
        for (var reader = 0; reader < count; reader++)
        {
            _ = Start(limit, reader, most);
        }
    }

    /// <summary>Begins a download's connections, which are all counted as one reader.</summary>
    public DownloadPace StartDownload(int reader, int connections, params IEnumerable<BandwidthLimit> limits)
    {
        var download = new DownloadPace(limits);
        for (var connection = 0; connection < connections; connection++)
        {
            _ = Start(download, reader);
        }

        return download;
    }

    public void Run(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>What was read from one moment on and before another.</summary>
    public long Bytes(double from, double to, int? reader = null) =>
        _reads.Where(read => read.At.TotalSeconds >= from && read.At.TotalSeconds < to && (reader ?? read.Reader) == read.Reader).Sum(static read => read.Bytes);

    /// <summary>What each of the first so many read, to the mean of them.</summary>
    public IEnumerable<double> Parts(int readers, double from, double to)
    {
        var each = Enumerable.Range(0, readers).Select(reader => (double)Bytes(from, to, reader)).ToArray();
        return each.Select(bytes => bytes * readers / each.Sum());
    }

    /// <summary>The most that came in any second, wherever it begins.</summary>
    public long MostInASecond()
    {
        var (most, inSecond, from) = (0L, 0L, 0);
        foreach (var read in _reads)
        {
            for (inSecond += read.Bytes; read.At - _reads[from].At >= TimeSpan.FromSeconds(1); from++)
            {
                inSecond -= _reads[from].Bytes;
            }

            most = Math.Max(most, inSecond);
        }

        return most;
    }

    private async Task ReadAsync(DownloadPace download, int reader, int most, Func<TimeSpan>? latency, CancellationToken cancellationToken)
    {
        using var pace = download.Join(static () => null, cancellationToken);
        while (await pace.WaitAsync().ConfigureAwait(false))
        {
            var size = Math.Min(most, pace.ReadSize);
            if (latency is not null)
            {
                await Task.Delay(latency(), Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            _reads.Add((Time.Elapsed, reader, size));
            pace.Pay(size);
        }
    }
}
