namespace ResumableDownload.Protocol;

/// <summary>A digest of the whole file that a server states, and the header field it states it in.</summary>
internal sealed record OfferedDigest(Digest Digest, string Field);
