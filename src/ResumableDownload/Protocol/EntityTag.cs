namespace ResumableDownload.Protocol;

/// <summary>Rules for the raw text of an entity tag.</summary>
internal static class EntityTag
{
    /// <summary>What a condition means by it (RFC 9110, section 13.1.1): any version. As a tag it would confirm them all.</summary>
    public const string Any = "*";

    // A tag of no letters is legal, but whoever sends it sends it for everything.

    /// <summary>Whether a tag may be sent in If-Range and If-Match: not weak (RFC 9110, section 13.1.5), and possible to send at all.</summary>
    /// <remarks>A tag without quotes, which some servers send, is no legal tag, but is compared by its text all the same, so it is sent back as it came.</remarks>
    public static bool IsStrong(string? tag) =>
        !string.IsNullOrWhiteSpace(tag) && tag is not (Any or "\"\"") && !tag.StartsWith("W/", StringComparison.OrdinalIgnoreCase) && CallerHeaders.IsSendable(tag);
}
