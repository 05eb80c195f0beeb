using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>Judges a 206 (RFC 9110, section 15.3.7): trust what was sent, never what was asked for.</summary>
internal static class PartialBody
{
    public static ResponseDecision Judge(Question asked, ResponseFacts answer)
    {
        var sent = ContentRange.Read(answer.ContentRange);
        if (!asked.Request.IsPartial || asked.Kept is null)
        {
            return Unasked(asked, answer, sent);
        }

        if (answer.ContentCoding is not null || IsMultipart(answer))
        {
            return new ResponseDecision.StartOver(StartOverReason.RangeUnusable);
        }

        return Portal.Notice(asked, answer) ?? (asked.SeeksEvidence ? EvidenceFault(asked, answer, sent) : IdentityFault(asked, answer, sent)) ?? RangeFault(asked, answer, sent) ?? Continue(asked, answer, sent!.Value);
    }

    /// <summary>A 206 to a request without Range is used only when it is the whole.</summary>
    private static ResponseDecision Unasked(Question asked, ResponseFacts answer, ContentRange? sent) =>
        sent is { Sent: { Start: 0 } range, Total: { } total } && range.End == total && (answer.ContentLength ?? total) == total && !IsMultipart(answer)
            ? WholeBody.Judge(asked, answer with { ContentLength = total })
            : new ResponseDecision.GiveUp(DownloadFailure.ProtocolViolation, "The server sent a part (206) although the whole was asked for");

    /// <summary>Whether the part is provably of the representation that is kept.</summary>
    private static ResponseDecision? IdentityFault(Question asked, ResponseFacts answer, ContentRange? sent)
    {
        var kept = asked.Kept!.Representation;
        if (sent is { Total: { } total } && (total < asked.Kept.Received.End || total != (kept.Length ?? total)))
        {
            return Changed(asked) with { OfOtherLength = true };
        }

        if (Identity.IsResized(kept, answer) || Identity.Contradicts(kept.Digests, answer.Digests))
        {
            return Changed(asked);
        }

        return Identity.Compare(kept.Validator, answer.Validator, Strength.IsStrongDate(kept, asked.Limits.StrongDateMargin)) switch
        {
            Agreement.Same => null,
            Agreement.Different => Changed(asked),
            Agreement.SameTagOtherDate => OddThen(asked, 3, StartOverReason.Changed, "The server sent one entity tag with two different dates"),
            _ => OddThen(asked, 1, StartOverReason.RangeUnusable, "The server sent a part (206) that does not say which version it is of"),
        };
    }

    /// <summary>Whether nothing but the bytes themselves is left to disprove that the part is of what is kept.</summary>
    private static ResponseDecision? EvidenceFault(Question asked, ResponseFacts answer, ContentRange? sent) =>
        Evidence.IsAlike(asked.Kept!.Representation, answer, sent?.Total) ? null
        : sent?.Total is null ? OddThen(asked, 1, StartOverReason.NotResumable, "The server sent a part (206) that does not say of how many bytes")
        : Changed(asked);

    /// <summary>Whether the part is one that was asked for.</summary>
    private static ResponseDecision? RangeFault(Question asked, ResponseFacts answer, ContentRange? sent)
    {
        var isUsable = sent is { Sent: { } range }
            && range.Start <= asked.Request.Start
            && range.End > asked.Request.Start
            && range.End <= (asked.Request.End ?? asked.Kept!.Representation.Length ?? long.MaxValue)
            && (answer.ContentLength ?? range.Length) == range.Length;
        return isUsable
            ? AcceptableLength.FaultOf(sent!.Value.Total, asked.Limits) ?? AcceptableLength.FaultOfAtLeast(sent.Value.Sent!.Value.End, asked.Limits)
            : OddThen(asked, 1, StartOverReason.RangeUnusable, $"The server sent a part (206) with an unusable Content-Range ({ForeignText.Of(string.Join(" and ", answer.ContentRange))})");
    }

    private static ResponseDecision.WriteAt Continue(Question asked, ResponseFacts answer, ContentRange sent)
    {
        var kept = asked.Kept!.Representation;
        return new(sent.Sent!.Value.Start, sent.Sent.Value.End, kept with { Length = kept.Length ?? sent.Total }) { Continues = true, IsByEvidence = asked.SeeksEvidence, EndIsMarked = answer.EndIsMarked };
    }

    // A part of something else although a condition named ours: the condition was ignored.
    private static ResponseDecision.StartOver Changed(Question asked) => new(StartOverReason.Changed)
    {
        Learned = asked.Request.Condition switch
        {
            null => OriginTraits.None,
            { IsIfRange: true } => OriginTraits.IgnoresIfRange | (asked.Request.AlsoMatches is null ? OriginTraits.None : OriginTraits.IgnoresIfMatch),
            _ => OriginTraits.IgnoresIfMatch,
        },
    };

    private static ResponseDecision OddThen(Question asked, int patience, StartOverReason reason, string why) =>
        asked.OddAnswers < patience
            ? new ResponseDecision.AskAgain(DownloadFailure.ProtocolViolation, why)
            : new ResponseDecision.StartOver(reason);

    public static bool IsMultipart(ResponseFacts answer) =>
        answer.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;
}
