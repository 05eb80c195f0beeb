namespace ResumableDownload.Planning;

/// <summary>When the next byte is due under a speed limit.</summary>
/// <param name="Due">The moment at which everything taken so far has been paid for.</param>
internal readonly record struct PaceSchedule(TimeSpan Due)
{
    /// <summary>Idle time is not saved up beyond this, so a pause is never followed by a burst.</summary>
    private static readonly TimeSpan Credit = TimeSpan.FromMilliseconds(50);

    /// <summary>About a twentieth of a second's bytes, so that a changed rate is felt at once.</summary>
    public static int ReadSize(long bytesPerSecond) => (int)Math.Clamp(bytesPerSecond / 20, 1, 1 << 20);

    public (PaceSchedule Next, TimeSpan Wait) Take(long bytes, long bytesPerSecond, TimeSpan now)
    {
        var from = Due < now - Credit ? now - Credit : Due;
        var due = from + TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
        return (new(due), due > now ? due - now : TimeSpan.Zero);
    }
}
