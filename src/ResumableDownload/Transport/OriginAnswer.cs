using ResumableDownload.Protocol;

namespace ResumableDownload.Transport;

/// <summary>The head of an answer as facts, and its body, not yet read.</summary>
internal sealed class OriginAnswer(HttpResponseMessage response, ResponseFacts facts, string? redirectRefusal = null) : IDisposable
{
    private const long Small = 1 << 20;

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

    /// <summary>Which bytes of the body belong to what was asked for; <see langword="null"/> for all of it.</summary>
    public ByteRange? Wanted { get; init; }

    /// <summary>How long the body is, when a handler has read all of it before it gave it on, and it is long enough to matter. What comes from the network cannot be sought in.</summary>
    public long? Buffered { get; private set; }

    /// <summary>Opens the body, up to the end of what is wanted of it. What comes before that is for the reader to drop, so that he can count it.</summary>
    public async Task<Stream> OpenBodyAsync(CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        Buffered = body is { CanSeek: true, Length: > Small and var length } ? length : null;
        return Wanted is { } wanted ? new EndingStream(body, wanted.End) : body;
    }

    /// <summary>What ends with the answer.</summary>
    public IDisposable? Lifetime { get; set; }

    public void Dispose()
    {
        response.Dispose();
        Lifetime?.Dispose();
    }
}
