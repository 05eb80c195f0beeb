using ResumableDownload.Protocol;

namespace ResumableDownload.Transport;

/// <summary>Where requests go, and the caller's header fields that belong to that origin alone.</summary>
/// <param name="Source">The address that was asked for.</param>
/// <param name="Headers">The caller's header fields.</param>
internal sealed record OriginAddress(Uri Source, IReadOnlyCollection<KeyValuePair<string, string>> Headers)
{
    /// <summary>Whose the header fields are: the address that the caller gave them with. A fresh one may lead elsewhere.</summary>
    public Uri Owner { get; init; } = Source;

    /// <summary>Where the redirects of an earlier answer ended: further requests beside that one go there at once, so that all are answered by the same server.</summary>
    public Uri? Resolved { get; init; }

    /// <summary>Whether requests are to have a connection of their own. Parallel requests of HTTP/2 and 3 share one, which is no faster than one alone.</summary>
    public bool HasOwnConnection { get; init; }

    /// <summary>Where a request is sent first.</summary>
    public Uri Target => Resolved ?? Source;

    /// <summary>The part of the resource that is downloaded, when it is not all of it. A fresh address keeps it.</summary>
    public ResourceWindow? Window { get; init; }

    /// <summary>The names of those that are no secret, and may go to any origin a redirect names.</summary>
    public IReadOnlyCollection<string> Shared { get; init; } = [];

    /// <summary>The fields that may go to a target.</summary>
    public IEnumerable<KeyValuePair<string, string>> HeadersFor(Uri target) =>
        Redirect.SameOrigin(Owner, target) ? Headers : Headers.Where(header => Shared.Contains(header.Key, StringComparer.OrdinalIgnoreCase));
}
