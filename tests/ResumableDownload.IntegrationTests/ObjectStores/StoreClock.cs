namespace ResumableDownload.IntegrationTests;

/// <summary>A store's own clock. It stands still until a test moves it, and is far from the machine's: only the store's Date tells it.</summary>
internal sealed class StoreClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2031, 3, 1, 12, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan span) => Interlocked.Add(ref _ticks, span.Ticks);
}
