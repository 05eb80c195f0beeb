using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>Judges the refusals that mean something to a continuation: 304, 400, 412 and 416.</summary>
internal static class Refusal
{
    /// <summary>The caller's own version is still the current one; or else a cache in between got it wrong, as no other request can be answered so.</summary>
    public static ResponseDecision NotModified(Question asked) => (asked.Request.IsPartial, asked.OddAnswers) switch
    {
        (false, _) when asked.Request.Unless is not null => new ResponseDecision.NotModified(),
        (false, _) => new ResponseDecision.GiveUp(DownloadFailure.ProtocolViolation, ResponseClassifier.Told(304)),
        (true, 0) => new ResponseDecision.AskAgain(DownloadFailure.ProtocolViolation, ResponseClassifier.Told(304)) { NoCache = true },
        _ => new ResponseDecision.StartOver(StartOverReason.RangeUnusable),
    };

    /// <summary>Some servers refuse a condition they do not know (nginx: two If-Range fields).</summary>
    public static ResponseDecision BadRequest(Question asked, ResponseFacts answer) => (asked.Request.IsPartial, asked.OddAnswers) switch
    {
        (false, _) => new ResponseDecision.GiveUp(DownloadFailure.Refused, ResponseClassifier.Told(answer)),
        (true, 0) => new ResponseDecision.AskAgain(DownloadFailure.Refused, ResponseClassifier.Told(answer)) { WithoutCondition = true },
        _ => new ResponseDecision.StartOver(StartOverReason.RangeUnusable),
    };

    public static ResponseDecision PreconditionFailed(Question asked, ResponseFacts answer) =>
        asked.Request.IsPartial
            ? new ResponseDecision.StartOver(StartOverReason.Changed) { AfterFailedCondition = true }
            : new ResponseDecision.GiveUp(DownloadFailure.Refused, ResponseClassifier.Told(answer));

    public static ResponseDecision RangeNotSatisfiable(Question asked, ResponseFacts answer)
    {
        if (!asked.Request.IsPartial || asked.Kept is not { } kept)
        {
            return new ResponseDecision.GiveUp(DownloadFailure.Refused, ResponseClassifier.Told(416));
        }

        return (TotalOf(answer), kept.Representation.Length) switch
        {
            (null, _) => NoRanges(),
            ({ } now, { } noted) => now == noted && !Identity.IsResized(kept.Representation, answer) ? NoRanges() : new ResponseDecision.StartOver(StartOverReason.Changed) { OfOtherLength = now != noted },
            ({ } now, null) when kept.Received.Covers(now) => EndFound(asked, kept, answer, now),
            ({ } now, null) => now > asked.Request.Start ? NoRanges() : new ResponseDecision.StartOver(StartOverReason.Changed),
        };
    }

    /// <summary>The whole length that a 416 tells, if it does: in its Content-Range, or in a store's document.</summary>
    public static long? TotalOf(ResponseFacts answer) =>
        ContentRange.Read(answer.ContentRange) is { Sent: null, Total: { } told } ? told : answer.Error?.ObjectSize;

    // Nothing after what is kept. An honoured If-Match vouches for it, and the caller's digest will; If-Range does not, as an origin may ignore it.
    private static ResponseDecision EndFound(Question asked, Checkpoint kept, ResponseFacts answer, long total)
    {
        var isDateStrong = Strength.IsStrongDate(kept.Representation, asked.Limits.StrongDateMargin);
        var isOurs = asked.Request.Condition is { IsIfRange: false }
            || asked.Limits.HasExpectedDigest
            || Identity.Compare(kept.Representation.Validator, answer.Validator, isDateStrong) == Agreement.Same;
        return isOurs
            ? AcceptableLength.FaultOf(total, asked.Limits) ?? (ResponseDecision)new ResponseDecision.AlreadyComplete(total)
            : new ResponseDecision.StartOver(StartOverReason.RangeUnusable);
    }

    private static ResponseDecision.StartOver NoRanges() => new(StartOverReason.RangeUnusable) { Learned = OriginTraits.NoRanges };
}
