using System.Globalization;

namespace ResumableDownload.IntegrationTests;

/// <summary>The conditions that all the stores honour, in the order of RFC 9110, section 13.2.2.</summary>
internal static class StoreConditions
{
    /// <summary>The condition that does not hold, with the status it leads to.</summary>
    public static (int Status, string Field)? Failed(StoreRequest request, StoredObject item) => request switch
    {
        { IfMatch: { } tags } when !Names(tags, item) => (412, "If-Match"),
        // The same second or a later one passes; beside an If-Match that holds it is not looked at (RFC 9110; S3 says so in so many words).
        { IfMatch: null, IfUnmodifiedSince: { } date } when item.Modified > Time(date) => (412, "If-Unmodified-Since"),
        { IfNoneMatch: { } tags } when Names(tags, item) => (304, "If-None-Match"),
        { IfNoneMatch: null, IfModifiedSince: { } date } when item.Modified <= Time(date) => (304, "If-Modified-Since"),
        _ => null,
    };

    /// <summary>RFC 9110, section 13.1.5: without If-Range, or with the strong tag or the date of the object.</summary>
    public static bool MayBePart(StoreRequest request, StoredObject item) =>
        request.IfRange is not { } condition || condition == item.EntityTag || condition == item.LastModified;

    private static bool Names(string tags, StoredObject item) => tags == "*" || tags.Split(',', StringSplitOptions.TrimEntries).Contains(item.EntityTag);

    // A date that is none is as if it were not there.
    private static DateTimeOffset? Time(string date) =>
        DateTimeOffset.TryParseExact(date, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
