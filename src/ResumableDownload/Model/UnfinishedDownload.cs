namespace ResumableDownload;

/// <summary>What is kept of a download that is not finished, as its checkpoint tells it.</summary>
/// <remarks>Bytes that the checkpoint claims but the disk does not bear out are found, and fetched again, when the download goes on.</remarks>
public sealed record UnfinishedDownload
{
    /// <summary>Gets where the bytes came from: scheme, host and path only.</summary>
    public required string Source { get; init; }

    /// <summary>Gets the number of bytes that are kept.</summary>
    public required long Received { get; init; }

    /// <summary>Gets the whole length in bytes, or <see langword="null"/> when the server did not tell.</summary>
    public long? Total { get; init; }

    /// <summary>Gets the validators of the version the bytes belong to.</summary>
    public required Validator Validator { get; init; }

    /// <summary>Gets a value indicating whether the validators are strong enough to go on from these bytes.</summary>
    public required bool CanResume { get; init; }

    /// <summary>Gets the full path of the file that holds the bytes.</summary>
    public required string PartialPath { get; init; }
}
