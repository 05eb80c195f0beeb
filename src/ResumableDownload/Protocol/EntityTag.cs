namespace ResumableDownload.Protocol;

/// <summary>Rules for the raw text of an entity tag.</summary>
internal static class EntityTag
{
    /// <summary>Whether a tag tells no version from another: what a condition takes for any version (RFC 9110, section 13.1.1), or a tag of no letters.</summary>
    /// <remarks>The latter is legal, but whoever sends it sends it for everything.</remarks>
    public static bool NamesNothing(string? tag) => tag is "*" or "\"\"" or "W/\"\"";

    /// <summary>Whether a tag may be sent in If-Range and If-Match: not weak (RFC 9110, section 13.1.5), and possible to send at all.</summary>
    /// <remarks>A tag without quotes, which some servers send, is no legal tag, but is compared by its text all the same, so it is sent back as it came.</remarks>
    public static bool IsStrong(string? tag) =>
        !string.IsNullOrWhiteSpace(tag) && !NamesNothing(tag) && !tag.StartsWith("W/", StringComparison.OrdinalIgnoreCase) && CallerHeaders.IsSendable(tag);
}
