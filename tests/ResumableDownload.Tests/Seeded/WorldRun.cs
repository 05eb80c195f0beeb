using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Seeded;

/// <summary>One run in a world: what was there before, and what came of it.</summary>
/// <param name="Number">Which.</param>
/// <param name="Bench">The world.</param>
internal sealed record WorldRun(int Number, Bench Bench)
{
    /// <summary>What the journal claimed before.</summary>
    public JournalImage? ClaimsBefore { get; init; }

    /// <summary>What was on the disk before.</summary>
    public string[] NamesBefore { get; init; } = [];

    /// <summary>How many requests there had been before.</summary>
    public int RequestsBefore { get; init; }

    public DownloadResult? Result { get; set; }

    public Exception? Failure { get; set; }

    /// <summary>Whether the caller cancelled.</summary>
    public bool WasCancelled { get; set; }

    /// <summary>What the process left when it was killed; <see langword="null"/> when it was not.</summary>
    public SimulatedDisk? Left { get; set; }

    /// <summary>Whether the power was cut.</summary>
    public bool LostPower { get; set; }

    /// <summary>What befell it.</summary>
    public Trouble Seen { get; set; }

    /// <summary>The token that it was given.</summary>
    public CancellationToken Token { get; set; }

    public TimeSpan Took { get; set; }

    public JournalImage? Claims => Bench.Claims();

    public SentRequest[] Requests => Bench.Server.Requests[RequestsBefore..];

    public override string ToString() =>
        $"run {Number}: {Seen}{(WasCancelled ? ", cancelled" : "")}{(Left is null ? "" : LostPower ? ", power lost" : ", killed")}, {Took}: {Result?.ToString() ?? $"{Failure?.GetType().Name}: {Failure?.Message}"}";
}
