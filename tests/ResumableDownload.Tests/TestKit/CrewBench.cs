using ResumableDownload.Model;
using ResumableDownload.Protocol;
using ResumableDownload.Storage;
using ResumableDownload.Transfer;
using ResumableDownload.Transport;

namespace ResumableDownload.Tests.TestKit;

/// <summary>Several connections of one download without the session that drives them: the test is their first connection. The others are never answered unless the server is told.</summary>
internal sealed class CrewBench : IAsyncDisposable
{
    public const int MiB = 1 << 20;
    public const int Whole = 8 * MiB;

    /// <summary>The bytes that are kept already.</summary>
    public const int Kept = 1000;

    public static readonly Uri Mirror = new("https://mirror.test/file.bin");

    private static readonly ResourceVersion First = new(new byte[Whole], "\"v1\"");

    private readonly HttpClient _client;

    private CrewBench(StorageBench storage, PartialFile file, bool multiplexes)
    {
        (Time, File, Board, Memory) = (storage.Time, file, new(file, storage.Time), new(storage.Time));
        Server = new(Time, First) { Otherwise = new() { NeverAnswers = true } };
        _client = new(Server, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        using var usual = new Bench(First);
        var settings = usual.Settings with { MostConnections = 4, MultiplexesSegments = multiplexes, Limits = usual.Settings.Limits with { LeastResumed = MiB } };
        var tally = new Tally();
        Context = new(new(file, settings, tally, new(null, tally, Time), Time), new(new OriginAddress(Bench.Source, []), null, Time), Memory, new CollectingLogger());
        State = new(file.Checkpoint, OriginTraits.None, mostStartOvers: 3);
        Attempt = new(new(_client, Time), settings, tally, Time);
        Crew = new(Context, State, Attempt, Board, Caller.Token);
        Lead = Board.Take(0, default)!;
    }

    public FakeTimeProvider Time { get; }

    public PartialFile File { get; }

    public SegmentBoard Board { get; }

    public OriginMemory Memory { get; }

    public ScriptedHandler Server { get; }

    public SessionContext Context { get; }

    public SessionState State { get; }

    public Attempt Attempt { get; }

    public CancellationTokenSource Caller { get; } = new();

    public SegmentCrew Crew { get; }

    /// <summary>The range of the first connection.</summary>
    public Segment Lead { get; }

    public static async Task<CrewBench> BeginAsync(bool multiplexes = false)
    {
        var storage = new StorageBench();
        var file = await storage.BeginAsync(length: Whole);
        await storage.WriteAsync(file, 0, Kept);
        return new(storage, file, multiplexes);
    }

    /// <summary>The first connection delivers the first half, fast enough for another one to be wanted.</summary>
    public void Deliver(int end = Whole / 2)
    {
        Lead.Begin(Kept, end);
        Lead.Reach(2 * Kept);
        Time.Advance(TimeSpan.FromMilliseconds(60));
        Lead.Reach(100 * Kept);
    }

    /// <summary>The same, and then it breaks: what it did not bring is a gap beside the one who came.</summary>
    public void DeliverAndBreak()
    {
        Deliver();
        Board.Release(Lead);
    }

    /// <summary>What a further connection that has brought its range is given.</summary>
    public Segment? Next() => Crew.Next(new(Context, State, Attempt, Crew));

    public async ValueTask DisposeAsync()
    {
        await Crew.DisposeAsync();
        Context.Address.Dispose();
        Caller.Dispose();
        _client.Dispose();
        File.Dispose();
    }
}
