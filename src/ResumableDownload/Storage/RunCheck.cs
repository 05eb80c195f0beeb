using System.Buffers;
using ResumableDownload.Integrity;

namespace ResumableDownload.Storage;

/// <summary>Whether a file bears out a run that a journal claims.</summary>
internal static class RunCheck
{
    private const int PieceLength = 1 << 20;

    public static async ValueTask<bool> HoldsAsync(DiskFile file, SumKind kind, SummedRun run, CancellationToken cancellationToken)
    {
        if (run.Range.End > file.Length)
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            var sum = 0UL;
            for (var at = run.Range.Start; at < run.Range.End;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var wanted = (int)Math.Min(PieceLength, run.Range.End - at);
                var count = await file.ReadAsync(at, buffer.AsMemory(0, wanted)).ConfigureAwait(false);
                if (count == 0)
                {
                    return false;
                }

                sum = kind.Append(sum, buffer.AsSpan(0, count));
                at += count;
            }

            return sum == run.Sum;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
