using System.Buffers;
using System.Security.Cryptography;
using ResumableDownload.Integrity;

namespace ResumableDownload.Storage;

/// <summary>Computes a digest of a file by reading it from beginning to end.</summary>
internal static class FileDigest
{
    private const int PieceLength = 1 << 20;

    /// <exception cref="IOException">The file is shorter than it should be.</exception>
    public static async ValueTask<Digest> ComputeAsync(DiskFile file, long length, DigestAlgorithm algorithm, Action<long> read, CancellationToken cancellationToken)
    {
        var kind = SumKind.For(algorithm);
        using var hash = HashNames.For(algorithm) is { } name ? IncrementalHash.CreateHash(name) : null;
        var sum = 0UL;
        var buffer = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            for (var at = 0L; at < length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var piece = buffer.AsMemory(0, (int)Math.Min(PieceLength, length - at));
                var count = await file.ReadAsync(at, piece).ConfigureAwait(false);
                if (count == 0)
                {
                    throw new IOException("Something else has shortened the partial file.");
                }

                hash?.AppendData(piece.Span[..count]);
                sum = kind?.Append(sum, piece.Span[..count]) ?? 0;
                read(at += count);
            }

            return hash is null ? Digest.OfCrc(algorithm, sum) : new Digest(algorithm, hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
