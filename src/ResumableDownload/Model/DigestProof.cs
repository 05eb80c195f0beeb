namespace ResumableDownload;

/// <summary>A digest that the whole file was found to have.</summary>
public sealed record DigestProof
{
    /// <summary>Gets the digest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>Gets who told it: <c>caller</c>, or the name of the server's header field, as <c>x-oss-hash-crc64ecma</c>.</summary>
    public required string Source { get; init; }
}
