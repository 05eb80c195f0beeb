using ResumableDownload.Integrity;
using ResumableDownload.Model;

namespace ResumableDownload.Storage;

/// <summary>What of a journal's claims the partial file bears out.</summary>
internal sealed record ResumePoint(IReadOnlyList<SummedRun> Runs, long Void)
{
    private const int Samples = 4;

    private const long MostSampled = 64 << 20;

    /// <summary>How long after one journal line the bytes of the next one may be written.</summary>
    private static readonly TimeSpan LongestCycle = TimeSpan.FromSeconds(2);

    /// <summary>Proves the claims that do not rest on a flush; all of them on request, or when something else has written to the file.</summary>
    /// <param name="partial">The partial file.</param>
    /// <param name="reading">The journal's claims.</param>
    /// <param name="journalWritten">When the journal was last written.</param>
    /// <param name="verification">What the caller wants proved.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async ValueTask<ResumePoint> ProveAsync(
        DiskFile partial,
        JournalReading.Held reading,
        DateTime journalWritten,
        PartialVerification verification,
        CancellationToken cancellationToken)
    {
        var image = reading.Image;
        var provesAll = verification == PartialVerification.Full
            || reading.IsCutOff
            || WasTouched(partial, journalWritten, image.Received)
            || !await SamplesHoldAsync(partial, image, cancellationToken).ConfigureAwait(false);
        var length = partial.Length;
        List<SummedRun> proved = [];
        var voided = 0L;
        foreach (var (run, lineEnd) in image.Runs)
        {
            var isTrusted = !provesAll && lineEnd <= image.Flushed.Offset && run.Range.End <= length;
            if (isTrusted || await RunCheck.HoldsAsync(partial, image.Header.SumKind!, run, cancellationToken).ConfigureAwait(false))
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

    // A journal of another file, put there by hand or by a restore, does not survive a few samples. Their cost does not grow with what is kept.
    private static async ValueTask<bool> SamplesHoldAsync(DiskFile partial, JournalImage image, CancellationToken cancellationToken)
    {
        var trusted = image.Runs.Where(run => run.LineEnd <= image.Flushed.Offset).Select(static run => run.Run).ToArray();
        var read = 0L;
        for (var sample = 0; sample < Samples && trusted.Length > 0 && read < MostSampled; sample++)
        {
            var run = trusted[(long)(trusted.Length - 1) * sample / (Samples - 1)];
            read += run.Range.Length;
            if (!await RunCheck.HoldsAsync(partial, image.Header.SumKind!, run, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    // Every write to the partial file is followed by one to the journal, so a partial file that is newer was edited or copied: then no claim
    // is taken on trust. Unless its writer was killed between the two, which shows as bytes beyond the claimed ones, or in a gap between them, written just then.
    private static bool WasTouched(DiskFile partial, DateTime journalWritten, ByteRangeSet received)
    {
        var newer = partial.LastWrite - journalWritten;
        return newer > TimeSpan.Zero && (partial.Length <= received.FirstMissing || newer > LongestCycle);
    }
}
