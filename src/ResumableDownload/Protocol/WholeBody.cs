using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>Judges a 200: the whole representation, whatever was asked for (RFC 9110, section 15.3.1). A Content-Range in it means nothing.</summary>
internal static class WholeBody
{
    /// <summary>Squid 5.7 answers a failed If-Range for a range from below this out of its cache with a 200 whose beginning is damaged.</summary>
    private const int DamagedBelow = 4096;

    public static ResponseDecision Judge(Question asked, ResponseFacts answer)
    {
        return Portal.Notice(asked, answer)
            ?? Coded(asked, answer)
            ?? Unmeasured(answer)
            ?? Misnamed(asked, answer)
            ?? AcceptableLength.FaultOf(answer.ContentLength, asked.Limits)
            ?? Believable(asked, answer, Write(asked, answer));
    }

    private static ResponseDecision? Coded(Question asked, ResponseFacts answer) => answer.ContentCoding switch
    {
        null => null,
        _ when asked.Request.IsPartial => new ResponseDecision.StartOver(StartOverReason.RangeUnusable),
        var coding => new ResponseDecision.GiveUp(DownloadFailure.UnexpectedCoding, $"The server sent the content coding '{ForeignText.Of(coding)}', which was not asked for"),
    };

    /// <summary>Whether it is a part under a wrong status: its Content-Range fits the body, and is less than all. Any other one on a 200 means nothing.</summary>
    public static bool IsMisnamed(ResponseFacts answer) =>
        ContentRange.Read(answer.ContentRange) is { Sent: { } sent, Total: { } total } && sent.Length == (answer.ContentLength ?? sent.Length) && sent.Length != total;

    private static ResponseDecision? Misnamed(Question asked, ResponseFacts answer) =>
        !IsMisnamed(answer) ? null
        : asked.Request.IsPartial ? new ResponseDecision.StartOver(StartOverReason.RangeUnusable) { Learned = OriginTraits.NoRanges }
        : new ResponseDecision.GiveUp(DownloadFailure.ProtocolViolation, $"The server sent a part ({ForeignText.Of(answer.ContentRange[0])}) under the status 200 although the whole was asked for");

    // HttpClient would read such a body until the connection closes, and could not tell a cut from the end.
    private static ResponseDecision.GiveUp? Unmeasured(ResponseFacts answer) => answer is { InvalidLength: { } text, EndIsMarked: false }
        ? new(DownloadFailure.ProtocolViolation, $"The server sent the invalid Content-Length '{ForeignText.Of(text)}'")
        : null;

    // A changed resource that a cache sends in answer to such a range is asked for again, plainly: little was kept, and a request is cheaper than a wrong file.
    private static ResponseDecision Believable(Question asked, ResponseFacts answer, ResponseDecision.WriteAt body) =>
        answer.PassedCache && body.Replaces is { } reason && asked.Request is { IsPartial: true, Start: < DamagedBelow }
            ? new ResponseDecision.StartOver(reason) { Learned = body.Learned }
            : body;

    /// <summary>A body that begins at zero, of a representation that is new or, surprisingly, still ours.</summary>
    private static ResponseDecision.WriteAt Write(Question asked, ResponseFacts answer)
    {
        var body = new ResponseDecision.WriteAt(0, answer.ContentLength, answer.Describe(answer.ContentLength))
        {
            EndIsMarked = answer.EndIsMarked,
            Learned = answer.RefusesRanges ? OriginTraits.NoRanges : OriginTraits.None,
        };
        return asked.Kept switch
        {
            null => body,
            { } kept when !asked.KeptDiffers && !IsDoubtful(asked, answer) && IsStillOurs(kept, answer, asked.Limits) => Continue(asked, kept.Representation, body),
            { } kept when !asked.KeptDiffers && asked.SeeksEvidence && Evidence.IsAlike(kept.Representation, answer, answer.ContentLength) =>
                Continue(asked, kept.Representation, body) with { IsByEvidence = true },
            { } kept => body with { Replaces = asked.Intent ?? Reason(kept.Representation, answer) },
        };
    }

    // What is kept is compared with the body's beginning, and written on from there: nothing is lost, and nothing can be mixed.
    private static ResponseDecision.WriteAt Continue(Question asked, Representation kept, ResponseDecision.WriteAt body)
    {
        var length = kept.Length ?? body.End;
        return body with { End = length, Representation = kept with { Length = length }, Continues = true, Learned = body.Learned | Lesson(asked) };
    }

    // The same strong validator, and no other length: the server dislikes the form of the condition, or has no ranges.
    private static bool IsStillOurs(Checkpoint kept, ResponseFacts answer, AnswerLimits limits) =>
        Strength.IsStrong(kept.Representation, limits.StrongDateMargin)
        && Identity.Compare(kept.Representation.Validator, answer.Validator, isDateStrong: true) is Agreement.Same or Agreement.SameTagOtherDate
        && !Identity.IsResized(kept.Representation, answer)
        && !Identity.Contradicts(kept.Representation.Digests, answer.Digests)
        && (kept.Representation.Length ?? answer.ContentLength) == (answer.ContentLength ?? kept.Representation.Length)
        && (answer.ContentLength ?? long.MaxValue) >= kept.Received.End;

    // One of two lengths that were told is wrong, and this body does not say which: if the noted one is, it would be waited for for ever.
    private static bool IsDoubtful(Question asked, ResponseFacts answer) => asked.OfOtherLength && answer.ContentLength is null;

    // If-Range named this very representation, and was answered as if it did not: If-Match is tried next time. If that does not help, ranges do not.
    private static OriginTraits Lesson(Question asked) => asked switch
    {
        { AfterFailedCondition: true } => OriginTraits.IgnoresIfMatch,
        { Request.Condition.IsIfRange: true } => OriginTraits.IgnoresIfRange,
        { Request.Condition: not null } => OriginTraits.NoRanges,
        _ => OriginTraits.None,
    };

    private static StartOverReason Reason(Representation kept, ResponseFacts answer) =>
        kept.Validator == answer.Validator && kept.Length == answer.ContentLength && !Identity.IsResized(kept, answer) && !Identity.Contradicts(kept.Digests, answer.Digests) ? StartOverReason.RangeUnusable : StartOverReason.Changed;
}
