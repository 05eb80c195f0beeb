namespace ResumableDownload.Planning;

/// <summary>How many connections are worth having: one, then twice as many each step while that brings more.</summary>
/// <remarks>
/// A step is a few set-ups, not a whole second: through 1 Gbit/s with 50 ms a file of 256 MiB takes 2.3 s in all.
/// A few are had without proof or delay: servers that limit a connection's rate send in bursts, of which so short a time shows one or none.
/// A step that brought too little is judged again by the average since the last growth, so that one unlucky moment does not end the ramp.
/// When the average stays low, the ramp grows once more all the same: the connection that came may have been a slow one among fast ones,
/// and what it was compared with a burst. Two such steps in turn end it.
/// </remarks>
internal sealed record Ramp
{
    private const double Worthwhile = 1.1;

    /// <summary>So many need no proof.</summary>
    private const int Few = 4;

    /// <summary>After so many steps a low average is believed.</summary>
    private const int Patience = 4;

    /// <summary>A lone connection fills a long link slowly, so the others had better come soon; a fast one has brought a good piece by then.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LeastStep = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NotWorthwhile = TimeSpan.FromSeconds(2);

    private Ramp()
    {
    }

    /// <summary>One connection.</summary>
    public static Ramp Begin { get; } = new() { Wanted = 1, Due = FirstLook };

    public int Wanted { get; private init; }

    /// <summary>The rate in bytes per second before the last growth.</summary>
    private double Before { get; init; }

    /// <summary>Whether the last growth was in spite of a step that brought too little.</summary>
    private bool IsRetry { get; init; }

    /// <summary>When the last growth was.</summary>
    private TimeSpan Grown { get; init; }

    /// <summary>Since when, and from which byte, the rate after the last growth is measured.</summary>
    private (TimeSpan At, long Delivered) From { get; init; }

    /// <summary>When the rate is judged next; <see langword="null"/> while the wanted connections do not deliver yet.</summary>
    private TimeSpan? Due { get; init; }

    public Ramp Next(RampView view)
    {
        var (now, delivered, delivering, left, setup, most) = view;
        var step = TimeSpan.FromTicks(Math.Clamp(3 * setup.Ticks, LeastStep.Ticks, LongestStep.Ticks));
        most = Math.Max(1, most);
        var within = Wanted > most ? this with { Wanted = most } : this;
        return within.Due is not { } due
            ? within.Start(now, delivered, step, isComplete: delivering >= within.Wanted)
            : now < due || delivering == 0 || now <= From.At
            ? within
            : within.Judge(now, delivered, left, step, most);
    }

    /// <summary>Measures from right before all that are wanted deliver, as some begin with a burst. One that does not come holds up the others for two steps only.</summary>
    private Ramp Start(TimeSpan now, long delivered, TimeSpan step, bool isComplete) =>
        Wanted < Few ? this with { Due = now }
        : isComplete || now - Grown >= 2 * step ? this with { Due = now + step }
        : this with { From = (now, delivered) };

    private Ramp Judge(TimeSpan now, long delivered, long left, TimeSpan step, int most)
    {
        var isFew = Wanted < Few;
        var rate = isFew ? delivered / now.TotalSeconds : (delivered - From.Delivered) / (now - From.At).TotalSeconds;
        var rose = isFew || rate >= Worthwhile * Before;
        var retries = !rose && !IsRetry && now - Grown >= Patience * step;
        var isLong = delivered > 0 && left > NotWorthwhile / now * delivered && left >= 2 * SegmentPlanner.LeastSegment;
        return Wanted < most && isLong && (rose || retries)
            ? this with { Wanted = (int)Math.Min(2L * Wanted, most), Before = rate, Grown = now, From = (now, delivered), Due = null, IsRetry = retries }
            : this with { Due = now + step };
    }
}
