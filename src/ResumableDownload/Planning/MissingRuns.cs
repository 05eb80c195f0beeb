using ResumableDownload.Model;

namespace ResumableDownload.Planning;

/// <summary>What is missing and nobody fetches yet.</summary>
internal static class MissingRuns
{
    /// <summary>The runs up to an end that are neither received nor held, in order.</summary>
    /// <param name="received">What is there.</param>
    /// <param name="held">What connections fetch.</param>
    /// <param name="end">Where the file ends.</param>
    public static IReadOnlyList<ByteRange> Of(ByteRangeSet received, IEnumerable<ByteRange> held, long end)
    {
        var taken = held.Aggregate(received, static (all, range) => all.Add(range));
        List<ByteRange> missing = [];
        for (var at = 0L; at < end;)
        {
            var (run, isTaken) = taken.RunAt(at, end);
            if (!isTaken)
            {
                missing.Add(run);
            }

            at = run.End;
        }

        return missing;
    }
}
