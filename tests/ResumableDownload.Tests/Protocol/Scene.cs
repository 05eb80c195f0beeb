using System.Globalization;
using ResumableDownload.Model;
using ResumableDownload.Planning;
using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

/// <summary>Reads the two short languages of the tables: how it was asked, and what was answered.</summary>
internal static class Scene
{
    /// <summary>
    /// F is a first GET, R a resume, M a resume with If-Match. What is kept: <c>tag-only</c>, <c>date-only</c>, <c>weak</c>, <c>no-total</c>, <c>page</c>, <c>untyped</c>, <c>nameless</c>, <c>crc=N</c>;
    /// <c>of=N</c> (it is a part of so many).
    /// What happened before: <c>odd=N</c>, <c>after-412</c>, <c>differs</c>, <c>over</c>, <c>cut</c> (the whole brought nothing new). What the caller accepts: <c>expect=N</c>,
    /// <c>most=N</c>, <c>small</c> (40 bytes are not worth a range), <c>evidence</c> (of 16 bytes), <c>refuse</c>, <c>digest</c>, <c>since</c> (has "v0" already). Part of a file
    /// only: <c>until=N</c>. The address: <c>signed</c>, <c>signed=N</c> (its time ends in N seconds by the server's clock).
    /// </summary>
    public static Question Asked(string how)
    {
        var words = how.Split(' ');
        var kept = words[0] == "F" ? null : Kept(words);
        var gap = NextRange.Of(kept?.Received ?? ByteRangeSet.Empty);
        return NextQuestion.Choose(
            kept,
            (gap.Start, Number(words, "until=") ?? gap.End),
            OriginTraits.None,
            Before(words),
            words[0] == "M" ? ResumeCondition.IfMatch : ResumeCondition.Auto,
            Limits(words)) with
        {
            Signature = Number(words, "signed=") is { } seconds ? new(Known.Now.AddSeconds(seconds)) : words.Contains("signed") ? new(null) : null,
        };
    }

    /// <summary>A status, then fields, separated by <c>; </c>. Beside real fields: <c>chunked</c>, <c>decoded</c>, <c>oss</c>, <c>cached</c>, <c>no ranges</c>;
    /// <c>Error: Code/Message</c> and <c>Size: N</c> of a store's document, <c>Length: text</c> that is no number, <c>Crc: N</c> of the whole in a store's header.</summary>
    public static ResponseFacts Answered(string what)
    {
        var words = what.Split("; ");
        var facts = new ResponseFacts { Status = int.Parse(words[0], CultureInfo.InvariantCulture), Date = Known.Now };
        return words.Skip(1).Aggregate(facts, static (facts, word) => With(facts, word.Split(": ", 2)));
    }

    /// <summary>A decision as a short text.</summary>
    public static string Told(ResponseDecision decision) => decision switch
    {
        ResponseDecision.WriteAt at => $"WriteAt {at.Offset}-{at.End} of {at.Representation.Length?.ToString(CultureInfo.InvariantCulture) ?? "*"}"
            + (at.Continues ? ", continues" : "") + (at.Replaces is { } why ? $", replaces: {why}" : "") + (at.IsByEvidence ? ", by evidence" : "") + (at.EndIsMarked ? ", end marked" : ""),
        ResponseDecision.AlreadyComplete complete => $"AlreadyComplete {complete.Total}",
        ResponseDecision.StartOver over => $"StartOver {over.Reason}" + (over.AfterFailedCondition ? ", after 412" : "") + (over.OfOtherLength ? ", other length" : ""),
        ResponseDecision.NotModified => "NotModified",
        ResponseDecision.RefreshUri refresh => $"RefreshUri {refresh.Reason}, else {refresh.Failure}",
        ResponseDecision.AskAgain again => "AskAgain" + (again.WithoutCondition ? ", no condition" : "") + (again.NoCache ? ", no cache" : ""),
        ResponseDecision.RetryLater later => $"RetryLater {later.Failure}" + (later.After is { } wait ? $" after {wait:c}" : ""),
        ResponseDecision.GiveUp up => $"GiveUp {up.Failure}" + (up.RetryAt is { } then ? $" until {then:u}" : ""),
        _ => throw new System.Diagnostics.UnreachableException(),
    } + (decision.Learned == OriginTraits.None ? "" : $" | {decision.Learned}");

    private static AnswerLimits Limits(string[] words) => Known.Limits with
    {
        ExpectedLength = Number(words, "expect="),
        MaxLength = Number(words, "most="),
        LeastResumed = words.Contains("small") ? 64 : 0,
        EvidenceLength = 16,
        WeakIdentity = words.Contains("evidence") ? WeakIdentity.ContentEvidence : words.Contains("refuse") ? WeakIdentity.Refuse : WeakIdentity.StartOver,
        HasExpectedDigest = words.Contains("digest"),
        IfChangedSince = words.Contains("since") ? new Validator { EntityTag = "\"v0\"" } : null,
    };

    private static Checkpoint Kept(string[] words)
    {
        var validator = new Validator
        {
            EntityTag = words.Contains("date-only") || words.Contains("nameless") ? null : words.Contains("weak") ? "W/\"v1\"" : Known.Tag,
            LastModified = words.Contains("tag-only") || words.Contains("nameless") ? null : Known.Date,
        };
        var kept = Known.Representation with { Validator = validator, ContentType = words.Contains("page") ? "text/html" : words.Contains("untyped") ? null : Known.Type };
        kept = Number(words, "crc=") is { } crc ? kept with { Digests = [Crc(crc)] } : kept;
        kept = kept with { ResourceLength = Number(words, "of=") };
        return Known.Holding(words.Contains("no-total") ? kept with { Length = null } : kept);
    }

    private static Intention Before(string[] words) => new()
    {
        OddAnswers = (int)(Number(words, "odd=") ?? 0),
        AfterFailedCondition = words.Contains("after-412"),
        OfOtherLength = words.Contains("other-length"),
        KeptDiffers = words.Contains("differs"),
        ResumesAnything = words.Contains("cut"),
        StartOver = words.Contains("over") || words.Contains("after-412") || words.Contains("differs") ? StartOverReason.Changed : null,
    };

    private static ResponseFacts With(ResponseFacts facts, string[] field) => field switch
    {
        ["chunked"] => facts with { EndIsMarked = true },
        ["decoded"] => facts with { ClientDecodes = true },
        ["cached"] => facts with { PassedCache = true },
        ["no ranges"] => facts with { RefusesRanges = true },
        ["oss"] => facts with { Fingerprint = OriginTraits.IgnoresIfRange },
        ["ETag", var value] => facts with { EntityTag = value },
        ["Last-Modified", var value] => facts with { LastModified = value },
        ["Content-Length", var value] => facts with { ContentLength = long.Parse(value, CultureInfo.InvariantCulture) },
        ["Content-Range", var value] => facts with { ContentRange = [.. facts.ContentRange, value] },
        ["Content-Encoding", var value] => facts with { ContentCoding = value },
        ["Content-Type", var value] => facts with { ContentType = value },
        ["Error", var value] => facts with { Error = new(value.Split('/')[0], value.Split('/', 2) is [_, var message] ? message : null) },
        ["Size", var value] => facts with { Error = (facts.Error ?? new("InvalidRange", null)) with { ObjectSize = long.Parse(value, CultureInfo.InvariantCulture) } },
        ["Length", var value] => facts with { InvalidLength = value },
        ["Crc", var value] => facts with { Digests = [Crc(long.Parse(value, CultureInfo.InvariantCulture))] },
        ["Retry-After", var value] => facts with { RetryAfter = value },
        _ => throw new ArgumentException($"The table does not know '{field[0]}'.", nameof(field)),
    };

    private static OfferedDigest Crc(long number) => new(Digest.OfCrc(DigestAlgorithm.Crc64, (ulong)number), "x-oss-hash-crc64ecma");

    private static long? Number(string[] words, string name) =>
        words.FirstOrDefault(word => word.StartsWith(name, StringComparison.Ordinal)) is { } word ? long.Parse(word[name.Length..], CultureInfo.InvariantCulture) : null;
}
