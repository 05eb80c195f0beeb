using System.Net;

namespace ResumableDownload.IntegrationTests;

/// <summary>One way to a server's files: a port of its own with a setting of its own.</summary>
internal sealed record Door(string Name)
{
    /// <summary>Whether an earlier version may be served: a shared cache that has not asked its origin again.</summary>
    public bool IsCache { get; init; }

    /// <summary>Whether somebody makes the cache ask its origin again after each change: from then on it has to serve the newest.</summary>
    public bool IsRefreshed { get; init; }

    /// <summary>Whether a change can leave the server unable to send any version whole: then a failure is what honesty asks for.</summary>
    public bool MayBreak { get; init; }

    /// <summary>Whether it compresses for those who take it.</summary>
    public bool Compresses { get; init; }

    public bool IsSecure { get; init; }

    public Version Http { get; init; } = HttpVersion.Version11;

    /// <summary>TLS and HTTP/2.</summary>
    public static Door Secure(string name) => new(name) { IsSecure = true, Http = HttpVersion.Version20 };
}
