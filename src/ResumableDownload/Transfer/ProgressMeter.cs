using ResumableDownload.Model;
using ResumableDownload.Planning;

namespace ResumableDownload.Transfer;

/// <summary>Reports progress, at most ten times a second.</summary>
internal sealed class ProgressMeter(IProgress<DownloadProgress>? progress, Tally tally, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly SpeedWindow _speed = new();
    private readonly long _began = time.GetTimestamp();
    private TimeSpan? _reported;
    private DownloadProgress? _last;

    public void Report(Checkpoint? checkpoint)
    {
        if (progress is not null && (_reported is not { } last || time.GetElapsedTime(_began) - last >= Interval))
        {
            ReportNow(checkpoint);
        }
    }

    /// <summary>Reports how much of the whole file was read to prove it.</summary>
    public void ReportVerified(long bytes)
    {
        if (progress is not null && _last is not null && (_reported is not { } last || time.GetElapsedTime(_began) - last >= Interval))
        {
            _reported = time.GetElapsedTime(_began);
            progress.Report(_last with { Verified = bytes, TimeLeft = null });
        }
    }

    /// <summary>Reports whatever the time: the state at the end.</summary>
    public void ReportNow(Checkpoint? checkpoint)
    {
        if (progress is not null)
        {
            _reported = time.GetElapsedTime(_began);
            _last = Snapshot(checkpoint, _speed.Note(_reported.Value, tally.Fetched));
            progress.Report(_last);
        }
    }

    private DownloadProgress Snapshot(Checkpoint? checkpoint, double speed)
    {
        var received = checkpoint?.Received.Length ?? 0;
        var total = checkpoint?.Representation.Length;
        return new()
        {
            Received = received,
            Total = total,
            ResumedFrom = tally.ResumedFrom,
            Fetched = tally.Fetched,
            Requests = tally.Requests,
            Attempt = tally.Attempts,
            StartedOver = tally.StartedOver,
            BytesPerSecond = speed,
            TimeLeft = TimeLeft(total - received, speed),
        };
    }

    private static TimeSpan? TimeLeft(long? missing, double speed) =>
        missing is { } bytes && speed >= 1 ? TimeSpan.FromSeconds(Math.Min(bytes / speed, TimeSpan.FromDays(3650).TotalSeconds)) : missing == 0 ? TimeSpan.Zero : null;
}
