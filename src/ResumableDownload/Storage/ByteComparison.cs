using System.Buffers;

namespace ResumableDownload.Storage;

/// <summary>Compares bytes with those of a file.</summary>
internal static class ByteComparison
{
    public static async ValueTask<bool> HoldsAsync(DiskFile file, long offset, ReadOnlyMemory<byte> bytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            var compared = 0;
            while (compared < bytes.Length)
            {
                var count = await file.ReadAsync(offset + compared, buffer.AsMemory(0, bytes.Length - compared)).ConfigureAwait(false);
                if (count == 0 || !buffer.AsSpan(0, count).SequenceEqual(bytes.Span.Slice(compared, count)))
                {
                    return false;
                }

                compared += count;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
