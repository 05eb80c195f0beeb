using System.Diagnostics;

namespace ResumableDownload.IntegrationTests;

/// <summary>How late the thread pool is with something that is due every ten milliseconds.</summary>
internal sealed class Heartbeat : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<TimeSpan> _late = [];
    private readonly Task _beating;

    public Heartbeat() => _beating = Task.Run(BeatAsync);

    /// <summary>The lateness that one of a hundred exceeds.</summary>
    public async Task<TimeSpan> EndAsync()
    {
        await _stop.CancelAsync();
        await _beating;
        return _late.Order().ElementAt(_late.Count * 99 / 100);
    }

    public void Dispose() => _stop.Dispose();

    private async Task BeatAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            await Task.Delay(Beat);
            _late.Add(Stopwatch.GetElapsedTime(began) - Beat);
        }
    }
}
