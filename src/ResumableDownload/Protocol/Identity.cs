using System.Collections.Immutable;
using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>Whether two answers are of one representation.</summary>
internal enum Agreement
{
    /// <summary>Proved.</summary>
    Same,

    /// <summary>Disproved.</summary>
    Different,

    /// <summary>The entity tag says so, the date does not: nodes of a cluster, or a tag that does not move.</summary>
    SameTagOtherDate,

    /// <summary>The answer does not say.</summary>
    Unknown,
}

/// <summary>Compares validators as raw text, octet by octet.</summary>
internal static class Identity
{
    /// <param name="kept">What was noted.</param>
    /// <param name="answer">What is said now.</param>
    /// <param name="isDateStrong">Whether the noted date proves anything without a tag (RFC 9110, section 8.8.2.2).</param>
    public static Agreement Compare(Validator kept, Validator answer, bool isDateStrong)
    {
        var tag = Compare(kept.EntityTag, answer.EntityTag);
        var date = Compare(kept.LastModified, answer.LastModified);
        return (tag, date) switch
        {
            (Agreement.Different, _) => Agreement.Different,
            (Agreement.Same, Agreement.Different) => kept.LastModified is null ? Agreement.Same : Agreement.SameTagOtherDate,
            (Agreement.Same, _) => Agreement.Same,
            (_, Agreement.Same) => isDateStrong ? Agreement.Same : Agreement.Unknown,
            _ => date,
        };
    }

    /// <summary>Whether a digest of the whole file moved although the validators did not: a tag made of seconds and length, as some servers make them.</summary>
    public static bool Contradicts(ImmutableArray<OfferedDigest> kept, ImmutableArray<OfferedDigest> answer) =>
        kept.Any(noted => answer.Any(now => now.Field == noted.Field && now.Digest.Algorithm == noted.Digest.Algorithm && now.Digest != noted.Digest));

    /// <summary>Whether the whole resource, of which a part is kept, has another length now.</summary>
    public static bool IsResized(Representation kept, ResponseFacts answer) =>
        kept.ResourceLength is { } noted && answer.ResourceLength is { } now && noted != now;

    /// <summary>Whether a version is a newer one by its date. Nodes of a cluster may give one file different tags, but not newer dates in turn.</summary>
    public static bool IsNewer(Representation than, Representation version) =>
        HttpDate.Read(version.Validator.LastModified) is { } date && HttpDate.Read(than.Validator.LastModified) is { } former && date > former;

    // What was noted and is not repeated says nothing. What appears although it was not noted is another answer.
    private static Agreement Compare(string? kept, string? answer) =>
        answer is null ? Agreement.Unknown : answer == kept ? Agreement.Same : Agreement.Different;
}
