using System.Globalization;

namespace ResumableDownload.Conformance;

/// <summary>Answers as RFC 9110 wants, but for what its conduct says it ignores.</summary>
internal static class HonestServer
{
    // The order of RFC 9110, section 13.2.2: If-Match, If-Unmodified-Since, then Range with If-Range.
    public static Answer AnswerTo(SeenRequest request, Resource resource, Conduct conduct)
    {
        if (!conduct.IgnoresIfMatch && IsRefused(request, resource))
        {
            return Describe(new Answer(412, ReadOnlyMemory<byte>.Empty), resource).With("Content-Type", null);
        }

        var isRanged = !conduct.IgnoresRange && (conduct.IgnoresIfRange || MayBePart(request, resource));
        return (isRanged ? RangeOf(request, resource.Length) : null) switch
        {
            null => Describe(new Answer(200, resource.Bytes), resource).With("Accept-Ranges", conduct.IgnoresRange ? null : "bytes"),
            var (first, _) when first >= resource.Length => new Answer(416, ReadOnlyMemory<byte>.Empty).With("Content-Range", $"bytes */{resource.Length}"),
            var (first, last) => Describe(Part(resource, first, last), resource),
        };
    }

    private static Answer Part(Resource resource, int first, int last) =>
        new Answer(206, resource.Bytes.AsMemory(first..(last + 1))).With("Content-Range", $"bytes {first}-{last}/{resource.Length}");

    private static Answer Describe(Answer answer, Resource resource) => answer
        .With("Date", DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture))
        .With("ETag", resource.EntityTag)
        .With("Last-Modified", resource.LastModified)
        .With("Content-Type", resource.ContentType);

    private static bool IsRefused(SeenRequest request, Resource resource) => request switch
    {
        { IfMatch: { } tag } => tag != resource.EntityTag || tag.StartsWith("W/", StringComparison.Ordinal),
        // A roll-back to an older file passes here on every server measured.
        { IfUnmodifiedSince: { } date } => resource.LastModified is { } modified && Time(modified) > Time(date),
        _ => false,
    };

    // RFC 9110, section 13.1.5: a strong comparison with the tag, an exact match of the date.
    private static bool MayBePart(SeenRequest request, Resource resource) => request.IfRange switch
    {
        null => true,
        ['W', '/', ..] => false,
        var condition => condition == resource.EntityTag || condition == resource.LastModified,
    };

    private static (int First, int Last)? RangeOf(SeenRequest request, int length)
    {
        if (request.Range is not { } text || !text.StartsWith("bytes=", StringComparison.Ordinal))
        {
            return null;
        }

        var ends = text["bytes=".Length..].Split('-');
        var last = ends[1].Length == 0 ? length - 1 : Math.Min(length - 1, long.Parse(ends[1], CultureInfo.InvariantCulture));
        return ((int)Math.Min(int.MaxValue, request.From), (int)last);
    }

    private static DateTimeOffset Time(string date) => DateTimeOffset.Parse(date, CultureInfo.InvariantCulture);
}
