using ResumableDownload.Model;

namespace ResumableDownload.Integrity;

/// <summary>The runs that were received, in order, with their sums. Neighbours become one run, up to a length that is cheap to fetch again.</summary>
internal sealed class RunLedger(SumKind kind)
{
    /// <summary>One bad byte costs one run.</summary>
    private const long LongestRun = 64 << 20;

    private readonly List<SummedRun> _runs = [];

    /// <summary>The checksum of the runs.</summary>
    public SumKind Kind => kind;

    public IReadOnlyList<SummedRun> Runs => _runs;

    public void Add(SummedRun added)
    {
        var next = _runs.Count;
        while (next > 0 && _runs[next - 1].Range.Start >= added.Range.End)
        {
            next--;
        }

        if (next > 0 && Joins(_runs[next - 1], added))
        {
            _runs[next - 1] = _runs[next - 1].Followed(added, kind);
        }
        else
        {
            _runs.Insert(next, added);
        }
    }

    public void Remove(IEnumerable<SummedRun> runs) => _runs.RemoveAll(runs.Contains);

    /// <summary>The sum of the first <paramref name="length"/> bytes; <see langword="null"/> when the runs do not cover exactly those.</summary>
    public ulong? SumOfAll(long length)
    {
        var (sum, end) = (0UL, 0L);
        foreach (var run in _runs)
        {
            if (run.Range.Start != end)
            {
                return null;
            }

            (sum, end) = (kind.Combine(sum, run.Sum, run.Range.Length), run.Range.End);
        }

        return end == length ? sum : null;
    }

    private static bool Joins(SummedRun first, SummedRun second) =>
        first.Range.End == second.Range.Start && first.Range.Length + second.Range.Length <= LongestRun;
}
