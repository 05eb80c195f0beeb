namespace ResumableDownload.Protocol;

/// <summary>What the caller accepts of an answer.</summary>
/// <param name="ExpectedLength">The only acceptable length, in bytes.</param>
/// <param name="MaxLength">The greatest acceptable length, in bytes.</param>
/// <param name="MaxRetryAfter">The longest acceptable Retry-After.</param>
/// <param name="StrongDateMargin">How old a date must be to be strong.</param>
internal sealed record AnswerLimits(long? ExpectedLength, long? MaxLength, TimeSpan MaxRetryAfter, TimeSpan StrongDateMargin)
{
    /// <summary>What happens to kept bytes that no strong validator vouches for.</summary>
    public WeakIdentity WeakIdentity { get; init; }

    /// <summary>How many kept bytes are compared as evidence.</summary>
    public long EvidenceLength { get; init; }

    /// <summary>Less than this is not worth a range: it is asked for again with the rest, and compared.</summary>
    public long LeastResumed { get; init; }

    /// <summary>Whether the caller told a digest, so that the whole file will be proved in any case.</summary>
    public bool HasExpectedDigest { get; init; }

    /// <summary>The version that the caller has already.</summary>
    public Validator? IfChangedSince { get; init; }
}
