using ResumableDownload.Model;
using ResumableDownload.Planning;
using ResumableDownload.Storage;

namespace ResumableDownload.Transfer;

/// <summary>Reports progress, at most ten times a second. Any connection may find that it is time; only one reports at a time.</summary>
internal sealed class ProgressMeter(IProgress<DownloadProgress>? progress, Tally tally, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly SpeedWindow _speed = new();
    private readonly long _began = time.GetTimestamp();
    private long _due;
    private int _isReporting;
    private DownloadProgress? _last;

    private bool IsDue => progress is not null && Elapsed.Ticks >= Interlocked.Read(ref _due);

    private TimeSpan Elapsed => time.GetElapsedTime(_began);

    public void Report(PartialFile partial)
    {
        if (!IsDue || Interlocked.Exchange(ref _isReporting, 1) != 0)
        {
            return;
        }

        try
        {
            if (IsDue)
            {
                ReportNow(partial.Checkpoint);
            }
        }
        finally
        {
            Volatile.Write(ref _isReporting, 0);
        }
    }

    /// <summary>Reports how much of the whole file was read to prove it.</summary>
    public void ReportVerified(long bytes)
    {
        if (IsDue && _last is not null)
        {
            NoteReport();
            progress!.Report(_last with { Verified = bytes, TimeLeft = null });
        }
    }

    /// <summary>Reports whatever the time: the state at the end.</summary>
    public void ReportNow(Checkpoint? checkpoint)
    {
        if (progress is not null)
        {
            NoteReport();
            _last = Snapshot(checkpoint, _speed.Note(Elapsed, tally.Fetched));
            progress.Report(_last);
        }
    }

    private void NoteReport() => Interlocked.Exchange(ref _due, (Elapsed + Interval).Ticks);

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
            Connections = tally.Connections,
            BytesPerSecond = speed,
            TimeLeft = TimeLeft(total - received, speed),
        };
    }

    private static TimeSpan? TimeLeft(long? missing, double speed) =>
        missing is { } bytes && speed >= 1 ? TimeSpan.FromSeconds(Math.Min(bytes / speed, TimeSpan.FromDays(3650).TotalSeconds)) : missing == 0 ? TimeSpan.Zero : null;
}
