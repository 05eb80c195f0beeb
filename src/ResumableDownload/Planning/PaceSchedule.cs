namespace ResumableDownload.Planning;

/// <summary>How far what was taken under a speed limit runs ahead of what the limit allows by now.</summary>
/// <param name="BytesPerSecond">The rate.</param>
/// <param name="Now">The moment up to which time has paid.</param>
/// <param name="Owed">Bytes times ticks per second: whole numbers, so that nothing is rounded away however small a read and however long the run. Negative while idle time is saved.</param>
internal readonly record struct PaceSchedule(long BytesPerSecond, TimeSpan Now, Int128 Owed)
{
    /// <summary>Idle time is not saved up beyond this, so a pause is never followed by a burst; and a timer may fire so late without any loss.</summary>
    private static readonly TimeSpan Credit = TimeSpan.FromMilliseconds(50);

    /// <summary>How long until more may be taken.</summary>
    public TimeSpan Wait => Owed <= 0 ? TimeSpan.Zero : new((long)((Owed + BytesPerSecond - 1) / BytesPerSecond));

    /// <summary>What each of so many readers may take ahead of the others: together a twentieth of a second's bytes.</summary>
    public static long Reach(long bytesPerSecond, int readers) => Math.Max(1, bytesPerSecond / 20 / Math.Max(1, readers));

    /// <summary>How much each of so many readers may read at once, so that all together stay smooth.</summary>
    public static int ReadSize(long bytesPerSecond, int readers) => (int)Math.Min(Reach(bytesPerSecond, readers), 1 << 20);

    public PaceSchedule At(TimeSpan now) =>
        now <= Now ? this : (this with { Now = now, Owed = Owed - ((Int128)(now - Now).Ticks * BytesPerSecond) }).Limited();

    /// <summary>Counts bytes that are given to a reader; fewer than none are given back.</summary>
    public PaceSchedule Plus(long bytes) => (this with { Owed = Owed + ((Int128)bytes * TimeSpan.TicksPerSecond) }).Limited();

    /// <summary>Goes on at another rate. What is owed is paid at the faster of both: nobody waits for a debt made at 1 GB/s to be paid at 1 B/s, or the other way round.</summary>
    public PaceSchedule AtRate(long bytesPerSecond) =>
        (this with { BytesPerSecond = bytesPerSecond, Owed = bytesPerSecond < BytesPerSecond ? Owed * bytesPerSecond / BytesPerSecond : Owed }).Limited();

    private PaceSchedule Limited() => this with { Owed = Int128.Max(Owed, (Int128)BytesPerSecond * -Credit.Ticks) };
}
