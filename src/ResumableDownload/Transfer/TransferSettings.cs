using ResumableDownload.Protocol;

namespace ResumableDownload.Transfer;

/// <summary>What one download needs to know of the options.</summary>
/// <param name="Limits">What is accepted of an answer.</param>
/// <param name="Condition">The caller's choice of conditions.</param>
/// <param name="Retry">How attempts follow each other.</param>
/// <param name="Stall">When a connection counts as stalled.</param>
/// <param name="MaxStartOvers">How often received bytes may be given up.</param>
internal sealed record TransferSettings(AnswerLimits Limits, ResumeCondition Condition, RetrySettings Retry, StallSettings Stall, int MaxStartOvers)
{
    /// <summary>What all downloads of a downloader go through; made of <see cref="Retry"/> when there is none.</summary>
    public RetryPipeline? Pipeline { get; init; }

    /// <summary>Whether the file gets the time of Last-Modified.</summary>
    public bool SetsFileTime { get; init; }

    /// <summary>Whether the server is asked once more after the last byte.</summary>
    public FinalCheck FinalCheck { get; init; } = FinalCheck.Never;

    /// <summary>What the whole file must be, if the caller told.</summary>
    public Digest? ExpectedDigest { get; init; }

    /// <summary>Whether digests that the server states must hold.</summary>
    public bool UsesServerDigests { get; init; } = true;

    /// <summary>How many connections there are at most.</summary>
    public int MostConnections { get; init; } = 1;

    /// <summary>Whether they may be streams of one HTTP/2 connection.</summary>
    public bool MultiplexesSegments { get; init; }

    /// <summary>The speed limits: all of them hold, so that the lowest one rules.</summary>
    public IReadOnlyList<BandwidthLimit> Bandwidths { get; init; } = [];
}

/// <summary>How attempts follow each other.</summary>
/// <param name="MostFruitless">How many attempts in a row may bring no new byte.</param>
/// <param name="FirstDelay">The wait before the second.</param>
/// <param name="LongestDelay">The longest wait.</param>
internal sealed record RetrySettings(int MostFruitless, TimeSpan FirstDelay, TimeSpan LongestDelay)
{
    /// <summary>For how long an open circuit is waited for. (A server's Retry-After has been held against this before.)</summary>
    public TimeSpan LongestAsked { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What the waits vary by, from zero to one.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;
}

/// <summary>When a connection counts as stalled.</summary>
/// <param name="Window">The time looked at.</param>
/// <param name="LeastBytes">What must come in it.</param>
internal sealed record StallSettings(TimeSpan Window, long LeastBytes);
