using ResumableDownload.Planning;

namespace ResumableDownload;

/// <summary>A speed limit. One object may be shared by any number of downloads; its rate may be changed while they run.</summary>
/// <remarks>Thread-safe. The limit is kept over about a tenth of a second, so a changed rate is felt at once.</remarks>
public sealed class BandwidthLimit
{
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private PaceSchedule _schedule;
    private long _bytesPerSecond;

    /// <summary>Initializes a new instance of the <see cref="BandwidthLimit"/> class.</summary>
    /// <param name="bytesPerSecond">The rate in bytes per second, at least 1.</param>
    /// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is less than 1.</exception>
    public BandwidthLimit(long bytesPerSecond, TimeProvider? timeProvider = null)
    {
        _time = timeProvider ?? TimeProvider.System;
        BytesPerSecond = bytesPerSecond;
    }

    /// <summary>Gets or sets the rate in bytes per second, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is less than 1.</exception>
    public long BytesPerSecond
    {
        get => Interlocked.Read(ref _bytesPerSecond);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Interlocked.Exchange(ref _bytesPerSecond, value);
        }
    }

    /// <summary>How many bytes may be read at once, so that a slow rate stays smooth.</summary>
    internal int ReadSize => PaceSchedule.ReadSize(BytesPerSecond);

    /// <summary>Counts bytes that were read, and tells how long to wait before reading more.</summary>
    internal TimeSpan Take(int bytes)
    {
        lock (_gate)
        {
            (_schedule, var wait) = _schedule.Take(bytes, BytesPerSecond, _time.GetElapsedTime(0));
            return wait;
        }
    }
}
