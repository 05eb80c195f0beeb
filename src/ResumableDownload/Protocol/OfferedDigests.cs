using System.Collections.Immutable;
using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>Finds the digests of the whole file in the head of an answer.</summary>
/// <remarks>What proves the wrong bytes is worse than no proof: a field counts only where it is known to speak of the whole file, as it is sent here.</remarks>
internal static class OfferedDigests
{
    /// <summary>The fields that speak of the whole file even on an answer with a range of it.</summary>
    private static readonly Source[] OfTheFile =
    [
        new("Repr-Digest", DigestField.Structured),
        new("x-oss-hash-crc64ecma", static line => [DigestField.Decimal(DigestAlgorithm.Crc64, line)]),
        new("x-cos-hash-crc64ecma", static line => [DigestField.Decimal(DigestAlgorithm.Crc64, line)]),
        new("x-ms-blob-content-md5", static line => [DigestField.Base64(DigestAlgorithm.Md5, line)]),
    ];

    /// <summary>The field that speaks of the bytes as Google stores them: the same ones, unless it unpacks them on the way.</summary>
    private static readonly Source[] OfTheStored = [new("x-goog-hash", DigestField.Google)];

    /// <summary>The fields that speak of what the answer holds, or may do so: of the whole file on a 200 only.</summary>
    private static readonly Source[] OfTheAnswer =
    [
        new("Content-Digest", DigestField.Structured),
        new("Digest", DigestField.Instance),
        new("Content-MD5", static line => [DigestField.Base64(DigestAlgorithm.Md5, line)]),
    ];

    // Of an object sent in pieces the value is a sum of sums, with the number of pieces behind a hyphen, which is not base64.
    private static readonly Source[] OfAmazon =
    [
        new("x-amz-checksum-crc32", static line => [DigestField.Base64(DigestAlgorithm.Crc32, line)]),
        new("x-amz-checksum-crc32c", static line => [DigestField.Base64(DigestAlgorithm.Crc32C, line)]),
        new("x-amz-checksum-crc64nvme", static line => [DigestField.Base64(DigestAlgorithm.Crc64Nvme, line)]),
        new("x-amz-checksum-sha1", static line => [DigestField.Base64(DigestAlgorithm.Sha1, line)]),
        new("x-amz-checksum-sha256", static line => [DigestField.Base64(DigestAlgorithm.Sha256, line)]),
    ];

    /// <summary>The digests that count, without those of an algorithm for which two are stated: then neither proves anything.</summary>
    /// <param name="lines">The lines of a header field, as they were sent.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="isCoded">Whether the answer has a content coding: some servers then state the digest of what they packed, some of the pack.</param>
    public static ImmutableArray<OfferedDigest> Read(Func<string, string[]> lines, int status, bool isCoded)
    {
        var all = Sources(lines, status, isCoded)
            .SelectMany(source => lines(source.Field).SelectMany(source.Read).OfType<Digest>().Select(digest => new OfferedDigest(digest, source.Field)))
            .Distinct()
            .ToArray();
        return [.. all.Where(offered => !Array.Exists(all, other => Contradicts(other.Digest, offered.Digest)))];
    }

    private static bool Contradicts(Digest one, Digest other) => one.Algorithm == other.Algorithm && one != other;

    private static IEnumerable<Source> Sources(Func<string, string[]> lines, int status, bool isCoded)
    {
        if (isCoded || status is not (200 or 206))
        {
            return [];
        }

        var isWhole = status == 200;
        return OfTheFile
            .Concat(All(lines, "x-goog-stored-content-encoding", "identity") ? OfTheStored : [])
            .Concat(isWhole ? OfTheAnswer : [])
            .Concat(isWhole && All(lines, "x-amz-checksum-type", "FULL_OBJECT") ? OfAmazon : []);
    }

    private static bool All(Func<string, string[]> lines, string field, string value) =>
        lines(field).All(line => line.Trim().Equals(value, StringComparison.OrdinalIgnoreCase));

    private sealed record Source(string Field, Func<string, IEnumerable<Digest?>> Read);
}
