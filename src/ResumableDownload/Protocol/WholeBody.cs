using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>Judges a 200: the whole representation, whatever was asked for (RFC 9110, section 15.3.1). A Content-Range in it means nothing.</summary>
internal static class WholeBody
{
    public static ResponseDecision Judge(Question asked, ResponseFacts answer)
    {
        if (answer.ContentCoding is { } coding)
        {
            return asked.Request.IsPartial
                ? new ResponseDecision.StartOver(StartOverReason.RangeUnusable)
                : new ResponseDecision.GiveUp(DownloadFailure.UnexpectedCoding, $"The server sent the content coding '{coding}', which was not asked for");
        }

        return Portal.Notice(asked, answer)
            ?? (ResponseDecision?)AcceptableLength.FaultOf(answer.ContentLength, asked.Limits)
            ?? Write(asked, answer);
    }

    /// <summary>A body that begins at zero, of a representation that is new or, surprisingly, still ours.</summary>
    public static ResponseDecision.WriteAt Write(Question asked, ResponseFacts answer)
    {
        var body = new ResponseDecision.WriteAt(0, answer.ContentLength, answer.Describe(answer.ContentLength)) { EndIsMarked = answer.EndIsMarked };
        return asked.Kept switch
        {
            null => body,
            { } kept when !asked.KeptDiffers && IsStillOurs(kept.Representation, answer, asked.Limits) => body with { Continues = true, Learned = Lesson(asked) },
            { } kept => body with { Replaces = asked.Intent ?? Reason(kept.Representation, answer) },
        };
    }

    // The same strong validator and length: the server dislikes the form of the condition, or has no ranges. Nothing is lost:
    // what is kept is compared with the body's beginning, and written on from there.
    private static bool IsStillOurs(Representation kept, ResponseFacts answer, AnswerLimits limits) =>
        Strength.IsStrong(kept, limits.StrongDateMargin) && kept.Validator == answer.Validator && kept.Length == answer.ContentLength;

    // A 412 said that the resource changed, and here it is unchanged: If-Match does not work with this origin.
    private static OriginTraits Lesson(Question asked) => asked.AfterFailedCondition ? OriginTraits.IgnoresIfMatch : OriginTraits.None;

    private static StartOverReason Reason(Representation kept, ResponseFacts answer) =>
        kept.Validator == answer.Validator && kept.Length == answer.ContentLength ? StartOverReason.RangeUnusable : StartOverReason.Changed;
}
