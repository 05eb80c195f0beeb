namespace ResumableDownload.WebDemo.Downloading;

/// <summary>A download as the page shows it: nothing secret, and no markup.</summary>
internal sealed record Row
{
    public required Guid Id { get; init; }

    /// <summary>Its place in the order of adding.</summary>
    public long Order { get; init; }

    /// <summary>The file's name once there is a file; before that, what its address ends with.</summary>
    public required string Name { get; init; }

    /// <summary>Scheme, host and path. A query may hold a signature.</summary>
    public required string Address { get; init; }

    public required DownloadState State { get; init; }

    public int Priority { get; init; }

    /// <summary>Bytes that are safely here, and of how many.</summary>
    public long Received { get; init; }

    public long? Total { get; init; }

    /// <summary>How many of them an earlier run brought.</summary>
    public long KeptFromBefore { get; init; }

    public double BytesPerSecond { get; init; }

    public double? SecondsLeft { get; init; }

    public int Connections { get; init; }

    public int StartedOver { get; init; }

    /// <summary>How much of the whole file was read to prove it, while that goes on.</summary>
    public long? Verified { get; init; }

    /// <summary>Why it failed, and what is kept.</summary>
    public string? Failure { get; init; }

    /// <summary>What proved the whole file.</summary>
    public IReadOnlyList<string> ProvedBy { get; init; } = [];
}
