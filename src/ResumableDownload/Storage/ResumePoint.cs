using ResumableDownload.Integrity;
using ResumableDownload.Model;

namespace ResumableDownload.Storage;

/// <summary>What of a journal's claims the partial file bears out.</summary>
internal sealed record ResumePoint(IReadOnlyList<SummedRun> Runs, long Void)
{
    /// <summary>How long after one journal line the bytes of the next one may be written.</summary>
    private static readonly TimeSpan LongestCycle = TimeSpan.FromSeconds(2);

    /// <summary>Proves the claims that do not rest on a flush; all of them on request, or when something else has written to the file.</summary>
    public static async ValueTask<ResumePoint> ProveAsync(DiskFile partial, DateTime journalWritten, JournalImage image, PartialVerification verification, CancellationToken cancellationToken)
    {
        var provesAll = verification == PartialVerification.Full || WasTouched(partial, journalWritten, image.Received);
        var length = partial.Length;
        List<SummedRun> proved = [];
        var voided = 0L;
        foreach (var (run, lineEnd) in image.Runs)
        {
            var isTrusted = !provesAll && lineEnd <= image.Flushed.Offset && run.Range.End <= length;
            if (isTrusted || await RunCheck.HoldsAsync(partial, run, cancellationToken).ConfigureAwait(false))
            {
                proved.Add(run);
            }
            else
            {
                voided += run.Range.Length;
            }
        }

        return new(proved, voided);
    }

    public ByteRangeSet Received => Runs.Aggregate(ByteRangeSet.Empty, static (set, run) => set.Add(run.Range));

    // Every write to the partial file is followed by one to the journal, so a partial file that is newer was edited or copied: then no claim
    // is taken on trust. Unless its writer was killed between the two, which shows as bytes after the last claimed one, written just then.
    private static bool WasTouched(DiskFile partial, DateTime journalWritten, ByteRangeSet received)
    {
        var newer = partial.LastWrite - journalWritten;
        return newer > TimeSpan.Zero && (partial.Length <= received.End || newer > LongestCycle);
    }
}
