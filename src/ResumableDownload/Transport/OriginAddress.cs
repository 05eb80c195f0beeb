namespace ResumableDownload.Transport;

/// <summary>Where requests go, and the caller's header fields that belong to that origin alone.</summary>
/// <param name="Source">The address that was asked for.</param>
/// <param name="Headers">The caller's header fields.</param>
internal sealed record OriginAddress(Uri Source, IReadOnlyCollection<KeyValuePair<string, string>> Headers);
