using System.Collections.Immutable;
using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>What the head of an answer said, raw where the raw text matters.</summary>
internal sealed record ResponseFacts
{
    public required int Status { get; init; }

    /// <summary>The raw ETag; a weak one when several different ones were sent.</summary>
    public string? EntityTag { get; init; }

    public string? LastModified { get; init; }

    /// <summary>The server's Date, or when the answer arrived if it has none (RFC 9110, section 6.6.1).</summary>
    public DateTimeOffset Date { get; init; }

    /// <summary>The length of the body; <see langword="null"/> when there is none or it cannot be read.</summary>
    public long? ContentLength { get; init; }

    /// <summary>Whether the end of a body without a length is marked (chunks, HTTP/2), rather than being where the connection closes.</summary>
    public bool EndIsMarked { get; init; }

    /// <summary>Whether the server says that it does no ranges (RFC 9110, section 14.3). Its silence says nothing: several servers do them and never say so.</summary>
    public bool RefusesRanges { get; init; }

    /// <summary>Whether a shared cache says that it passed this on.</summary>
    public bool PassedCache { get; init; }

    /// <summary>The raw Content-Length when it is no number; <see langword="null"/> when it is one, or there is none.</summary>
    public string? InvalidLength { get; init; }

    /// <summary>What an object store's error document said.</summary>
    public StoreError? Error { get; init; }

    public IReadOnlyList<string> ContentRange { get; init; } = [];

    /// <summary>The content codings, comma-separated; <see langword="null"/> when there are none but identity.</summary>
    public string? ContentCoding { get; init; }

    /// <summary>The media type without parameters.</summary>
    public string? ContentType { get; init; }

    /// <summary>What the server states of the whole file's digests.</summary>
    public ImmutableArray<OfferedDigest> Digests { get; init; } = [];

    /// <summary>The length of the whole resource, if it was told, where only a part of it is downloaded.</summary>
    public long? ResourceLength { get; init; }

    /// <summary>Why the part that is downloaded cannot be had, as a sentence: it is not wholly inside the resource.</summary>
    public string? Outside { get; init; }

    /// <summary>The safe name that the answer gives the file.</summary>
    public string? FileName { get; init; }

    public string? RetryAfter { get; init; }

    /// <summary>What the answer's other fields give away about its origin.</summary>
    public OriginTraits Fingerprint { get; init; }

    /// <summary>Whether the client asked for codings behind our back, and so decodes them: the bytes are not the server's.</summary>
    public bool ClientDecodes { get; init; }

    /// <summary>These facts as far as the options let them count: a digest that is known to be wrong does not tell one version from another either.</summary>
    public ResponseFacts Believed(bool usesServerDigests) => usesServerDigests ? this : this with { Digests = [] };

    public Validator Validator => new() { EntityTag = EntityTag, LastModified = LastModified };

    public Representation Describe(long? length) => new(Validator, Date, length, ContentType) { FileName = FileName, Digests = Digests, ResourceLength = ResourceLength };
}
