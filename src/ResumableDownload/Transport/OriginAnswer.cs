using ResumableDownload.Protocol;

namespace ResumableDownload.Transport;

/// <summary>The head of an answer as facts, and its body, not yet read.</summary>
internal sealed class OriginAnswer(HttpResponseMessage response, ResponseFacts facts, string? redirectRefusal = null) : IDisposable
{
    public ResponseFacts Facts { get; } = facts;

    /// <summary>Why a redirect was not followed, as a sentence; <see langword="null"/> for any other answer.</summary>
    public string? RedirectRefusal { get; } = redirectRefusal;

    /// <summary>The beginning of the body of a refusal.</summary>
    public ReadOnlyMemory<byte> ErrorBody { get; init; }

    /// <summary>Where the answer came from, at the end of all redirects: scheme, host and path.</summary>
    public string Place { get; init; } = "";

    /// <summary>Where the request that was answered had been sent, after all redirects.</summary>
    public Uri? Target { get; init; }

    /// <summary>The other origin that the client went to by itself, following a redirect with every header field it had.</summary>
    public Uri? WentTo { get; init; }

    public Task<Stream> OpenBodyAsync(CancellationToken cancellationToken) => response.Content.ReadAsStreamAsync(cancellationToken);

    public void Dispose() => response.Dispose();
}
