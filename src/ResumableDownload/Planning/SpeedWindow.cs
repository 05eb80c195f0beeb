namespace ResumableDownload.Planning;

/// <summary>The speed over the last few seconds.</summary>
internal sealed class SpeedWindow
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    private readonly Queue<(TimeSpan At, long Bytes)> _samples = new();

    /// <summary>Notes how many bytes have come since the beginning, and tells the speed in bytes per second.</summary>
    public double Note(TimeSpan now, long bytes)
    {
        _samples.Enqueue((now, bytes));
        while (_samples.Count > 2 && now - _samples.Peek().At > Span)
        {
            _samples.Dequeue();
        }

        var (at, before) = _samples.Peek();
        return now > at ? Math.Max(0, bytes - before) / (now - at).TotalSeconds : 0;
    }
}
