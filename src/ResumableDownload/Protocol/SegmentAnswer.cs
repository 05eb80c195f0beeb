namespace ResumableDownload.Protocol;

/// <summary>What an answer to a further connection means for the connections together.</summary>
internal enum SegmentVerdict
{
    /// <summary>Its body is written beside the others.</summary>
    Write,

    /// <summary>Ask again with If-Range alone: some servers fail If-Match for the tag that they have just sent.</summary>
    AskWithoutMatch,

    /// <summary>The address is refused; a fresh one, or the way there from its beginning, may help.</summary>
    AskElsewhere,

    /// <summary>The server has no time for so many connections.</summary>
    Refused,

    /// <summary>The resource changed: all of them stop.</summary>
    Changed,

    /// <summary>Nothing is wrong with the download, but ranges beside others do not work: the first connection goes on alone.</summary>
    OneStream,
}

/// <summary>Judges the decision about an answer to a further connection. The first connection can do without any of them, so whatever is odd ends them, not the download.</summary>
internal static class SegmentAnswer
{
    public static SegmentVerdict Judge(Question asked, ResponseDecision decision) => decision switch
    {
        ResponseDecision.WriteAt body when Fits(asked.Request, body) => SegmentVerdict.Write,
        ResponseDecision.WriteAt { Replaces: StartOverReason.Changed } => SegmentVerdict.Changed,
        ResponseDecision.StartOver { AfterFailedCondition: true } => FailedCondition(asked.Request),
        ResponseDecision.StartOver { Reason: StartOverReason.Changed } => SegmentVerdict.Changed,
        ResponseDecision.RefreshUri or ResponseDecision.GiveUp { Failure: DownloadFailure.NotFound } => SegmentVerdict.AskElsewhere,
        ResponseDecision.RetryLater => SegmentVerdict.Refused,
        ResponseDecision.GiveUp { Failure: DownloadFailure.ServerUnavailable } => SegmentVerdict.Refused,
        _ => SegmentVerdict.OneStream,
    };

    /// <summary>Whether a body is all or the beginning of what was asked for: others write before and after it at the same time.</summary>
    public static bool Fits(RangeRequest asked, ResponseDecision.WriteAt body) =>
        body is { Continues: true, IsByEvidence: false, End: { } end } && asked.IsPartial && body.Offset == asked.Start && end <= (asked.End ?? end);

    private static SegmentVerdict FailedCondition(RangeRequest asked) =>
        asked.AlsoMatches is not null ? SegmentVerdict.AskWithoutMatch
        : asked.Condition is { IsIfRange: true } ? SegmentVerdict.OneStream
        : SegmentVerdict.Changed;
}
