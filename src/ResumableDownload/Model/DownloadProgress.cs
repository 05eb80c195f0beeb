namespace ResumableDownload;

/// <summary>How far a download has come.</summary>
public sealed record DownloadProgress
{
    /// <summary>Gets the number of bytes that are on disk and noted in the checkpoint, those of earlier runs included.</summary>
    public required long Received { get; init; }

    /// <summary>Gets the whole length in bytes, or <see langword="null"/> while it is not known.</summary>
    public long? Total { get; init; }

    /// <summary>Gets the number of bytes that were kept from an earlier run and are still in use.</summary>
    public required long ResumedFrom { get; init; }

    /// <summary>Gets the number of body bytes taken from the network in this run, those that were dropped included.</summary>
    public required long Fetched { get; init; }

    /// <summary>Gets the number of HTTP requests sent in this run.</summary>
    public required int Requests { get; init; }

    /// <summary>Gets the number of the current attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Gets how many times received bytes had to be given up in this run.</summary>
    public required int StartedOver { get; init; }

    /// <summary>Gets how many connections are receiving now.</summary>
    /// <value>The default is zero.</value>
    public int Connections { get; init; }

    /// <summary>Gets the speed over the last few seconds, in bytes per second.</summary>
    public required double BytesPerSecond { get; init; }

    /// <summary>Gets how many bytes of the whole file were read again to prove a digest; <see langword="null"/> when that is not going on.</summary>
    public long? Verified { get; init; }

    /// <summary>Gets the time left at this speed, or <see langword="null"/> when the length is not known or nothing moves.</summary>
    public TimeSpan? TimeLeft { get; init; }
}
