namespace ResumableDownload.Conformance;

/// <summary>Something that can be told to download, and told again after an interruption.</summary>
internal interface ICandidate
{
    string Name { get; }

    /// <summary>Whether it writes under another name until the file is whole, so that the final name alone says that it is.</summary>
    bool HasPartialName { get; }

    /// <summary>Downloads to <see cref="Playing.FileName"/> in the folder, going on from what an earlier run left there.</summary>
    Task<CandidateEnd> RunAsync(Uri url, string folder);
}

/// <summary>How one run of a candidate ended, by its own account.</summary>
internal sealed record CandidateEnd(bool SaysWhole, bool IsTimedOut, string Said);
