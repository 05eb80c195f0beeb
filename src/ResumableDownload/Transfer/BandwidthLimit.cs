using ResumableDownload.Transfer;

namespace ResumableDownload;

/// <summary>A speed limit. One object may be shared by any number of downloads; its rate may be changed while they run.</summary>
/// <remarks>
/// Thread-safe. All downloads that share it get equal parts, however many connections each of them has, and the connections of one download
/// share its part equally; what one cannot use is left to the others. Idle time is not saved up beyond a twentieth of a second, and a changed
/// rate is felt at once.
/// </remarks>
public sealed class BandwidthLimit
{
    private readonly Pacer _pacer;

    /// <summary>Initializes a new instance of the <see cref="BandwidthLimit"/> class.</summary>
    /// <param name="bytesPerSecond">The rate in bytes per second, at least 1.</param>
    /// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is less than 1.</exception>
    public BandwidthLimit(long bytesPerSecond, TimeProvider? timeProvider = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesPerSecond, 1);
        _pacer = new(timeProvider ?? TimeProvider.System, bytesPerSecond);
    }

    /// <summary>Gets or sets the rate in bytes per second, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is less than 1.</exception>
    public long BytesPerSecond
    {
        get => _pacer.BytesPerSecond;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _pacer.BytesPerSecond = value;
        }
    }

    /// <summary>A further download among those that share the limit. It takes part while it has connections.</summary>
    internal PaceParty Party() => new(_pacer);
}
