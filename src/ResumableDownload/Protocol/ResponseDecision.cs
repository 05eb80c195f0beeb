using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>What is done about an answer. A closed set.</summary>
internal abstract record ResponseDecision
{
    private ResponseDecision()
    {
    }

    /// <summary>What the answer taught about its origin.</summary>
    public OriginTraits Learned { get; init; }

    /// <summary>Write the body at the offset that the server named; what is kept already is compared instead.</summary>
    /// <param name="Offset">Where the body begins.</param>
    /// <param name="End">Where it ends, exclusive; <see langword="null"/> when that is not told.</param>
    /// <param name="Representation">What the body is of.</param>
    public sealed record WriteAt(long Offset, long? End, Representation Representation) : ResponseDecision
    {
        /// <summary>Why the kept bytes give way to this body; <see langword="null"/> when it continues them, or nothing is kept.</summary>
        public StartOverReason? Replaces { get; init; }

        /// <summary>Whether the body belongs to the representation that is kept.</summary>
        public bool Continues { get; init; }

        /// <summary>Whether it does so on evidence only: its beginning must repeat the end of what is kept.</summary>
        public bool IsByEvidence { get; init; }

        /// <summary>Whether the end of a body of unknown length can be told from a cut.</summary>
        public bool EndIsMarked { get; init; }
    }

    /// <summary>Everything is here already.</summary>
    /// <param name="Total">The length, now known.</param>
    public sealed record AlreadyComplete(long Total) : ResponseDecision;

    /// <summary>The resource is still the version that the caller has.</summary>
    public sealed record NotModified : ResponseDecision;

    /// <summary>Ask the caller for a fresh address; fail if there is none.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Failure">What it is called if there is none.</param>
    /// <param name="Why">What happened, as a sentence.</param>
    public sealed record RefreshUri(UriRefreshReason Reason, DownloadFailure Failure, string Why) : ResponseDecision;

    /// <summary>Ask for the whole; what is kept stays until that answer brings bytes.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record StartOver(StartOverReason Reason) : ResponseDecision
    {
        /// <summary>Whether a 412 was the reason.</summary>
        public bool AfterFailedCondition { get; init; }

        /// <summary>Whether the answer told another length of the whole than the one that was noted.</summary>
        public bool OfOtherLength { get; init; }
    }

    /// <summary>Ask once more, perhaps in another way.</summary>
    /// <param name="Failure">What it is called if that does not help.</param>
    /// <param name="Why">What was odd, as a sentence.</param>
    public sealed record AskAgain(DownloadFailure Failure, string Why) : ResponseDecision
    {
        public bool WithoutCondition { get; init; }

        public bool NoCache { get; init; }
    }

    /// <summary>Wait, then ask again.</summary>
    /// <param name="Failure">What it is called if waiting does not help.</param>
    /// <param name="Why">What the server said, as a sentence.</param>
    /// <param name="After">How long the server wants us to wait.</param>
    public sealed record RetryLater(DownloadFailure Failure, string Why, TimeSpan? After = null) : ResponseDecision;

    /// <summary>Stop and tell the caller.</summary>
    /// <param name="Failure">The kind.</param>
    /// <param name="Why">What happened, as a sentence.</param>
    public sealed record GiveUp(DownloadFailure Failure, string Why) : ResponseDecision
    {
        /// <summary>From when on the server would answer.</summary>
        public DateTimeOffset? RetryAt { get; init; }
    }
}
