using ResumableDownload.Protocol;

namespace ResumableDownload.Transport;

/// <summary>The head of an answer as facts, and its body, not yet read.</summary>
internal sealed class OriginAnswer(HttpResponseMessage response, ResponseFacts facts, string? redirectRefusal = null) : IDisposable
{
    public ResponseFacts Facts { get; } = facts;

    /// <summary>Why a redirect was not followed, as a sentence; <see langword="null"/> for any other answer.</summary>
    public string? RedirectRefusal { get; } = redirectRefusal;

    public Task<Stream> OpenBodyAsync(CancellationToken cancellationToken) => response.Content.ReadAsStreamAsync(cancellationToken);

    public void Dispose() => response.Dispose();
}
