namespace ResumableDownload.Transfer;

/// <summary>How the reading of a body ended.</summary>
internal enum BodyEnd
{
    /// <summary>With everything it announced.</summary>
    Whole,

    /// <summary>The connection broke off or the body was short.</summary>
    Cut,

    /// <summary>Where another connection's range begins: that took the later part.</summary>
    Handed,

    /// <summary>It delivered too little for too long.</summary>
    Stalled,

    /// <summary>The connection was closed, and nothing says whether that was the end.</summary>
    Unmarked,

    /// <summary>It differs from the kept bytes that it repeats.</summary>
    Differs,

    /// <summary>It is longer than it said.</summary>
    TooMuch,

    /// <summary>It is longer than the caller accepts.</summary>
    OverLimit,
}
