namespace ResumableDownload;

/// <summary>A download that ended well.</summary>
public sealed record DownloadResult
{
    /// <summary>Gets whether the file is whole, or was not to be fetched.</summary>
    /// <value>The default is <see cref="DownloadStatus.Whole"/>.</value>
    public DownloadStatus Status { get; init; }

    /// <summary>Gets the full path of the file. Of one that was not to be fetched: where it would have gone.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the length of the file in bytes; zero for one that was not to be fetched.</summary>
    public required long Length { get; init; }

    /// <summary>Gets the number of the file's bytes that were received in this run.</summary>
    public required long Received { get; init; }

    /// <summary>Gets the number of the file's bytes that were kept from an earlier run.</summary>
    public required long ResumedFrom { get; init; }

    /// <summary>Gets the number of body bytes taken from the network in this run, those that were dropped included.</summary>
    public required long Fetched { get; init; }

    /// <summary>Gets the number of HTTP requests sent in this run, redirects included. Zero when everything was there already, and proved by a digest or published.</summary>
    public required int Requests { get; init; }

    /// <summary>Gets, in order, why received bytes had to be given up in this run. Empty when none were.</summary>
    public required IReadOnlyList<StartOverReason> StartedOver { get; init; }

    /// <summary>Gets the validators of the version that the file holds.</summary>
    public required Validator Validator { get; init; }

    /// <summary>Gets the digests that the file was proved by. Empty when there were none.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyList<DigestProof> ProvedBy { get; init; } = [];

    /// <summary>Gets what the question after the last byte came to.</summary>
    public FinalCheckOutcome FinalCheck { get; init; }

    /// <summary>Gets a value indicating whether kept bytes without a strong validator were continued because their end was found equal (<see cref="WeakIdentity.ContentEvidence"/>).</summary>
    public bool ByEvidence { get; init; }

    /// <summary>Gets the time this run took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
