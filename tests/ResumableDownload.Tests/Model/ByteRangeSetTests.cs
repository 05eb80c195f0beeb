using FsCheck.Fluent;
using ResumableDownload.Model;
using ResumableDownload.Planning;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Model;

/// <summary>The set against the plainest model of it: one flag for each byte.</summary>
public sealed class ByteRangeSetTests
{
    private const int Size = 64;

    [Fact]
    public void A_set_is_what_was_added_to_it() => Law.Holds(Law.Runs(Size), static runs =>
    {
        var (set, model) = Both(runs);
        Assert.Equal(model.Count(static there => there), set.Length);
        Assert.Equal(Array.LastIndexOf(model, true) + 1, set.End);
        Assert.Equal(FirstMissing(model), set.FirstMissing);
        Assert.Equal(model, Enumerable.Range(0, Size).Select(at => set.Overlaps(new ByteRange(at, at + 1))));
    });

    // Two neighbours that touch would be asked for, noted and compared as two; two spellings of one set would not be equal.
    [Fact]
    public void Ranges_are_in_order_not_empty_and_never_touch() => Law.Holds(Law.Runs(Size), static runs =>
    {
        var ranges = Both(runs).Set.Ranges;
        Assert.All(ranges, static range => Assert.False(range.IsEmpty));
        Assert.All(ranges.Zip(ranges.Skip(1)), static pair => Assert.True(pair.First.End < pair.Second.Start));
    });

    [Fact]
    public void The_order_of_arrival_does_not_matter() => Law.Holds(Law.Runs(Size), static runs =>
        Assert.Equal(Both(runs).Set.Ranges.AsEnumerable(), Both([.. runs.Reverse()]).Set.Ranges));

    [Fact]
    public void A_set_is_never_altered_by_adding() => Law.Holds(Law.Runs(Size), static runs =>
    {
        var before = Both(runs).Set;
        var ranges = before.Ranges.ToArray();
        before.Add(new ByteRange(0, Size));
        Assert.Equal(ranges, before.Ranges);
    });

    [Fact]
    public void A_run_is_the_longest_of_its_kind() => Law.Holds(Law.Runs(Size), static runs =>
    {
        var (set, model) = Both(runs);
        for (var start = 0; start < Size; start++)
        {
            foreach (var end in (int[])[start + 1, Math.Min(start + 7, Size), Size])
            {
                var (run, isThere) = set.RunAt(start, end);
                var expected = start + model.Skip(start).Take(end - start).TakeWhile(there => there == model[start]).Count();
                Assert.Equal((new ByteRange(start, expected), model[start]), (run, isThere));
            }
        }
    });

    [Fact]
    public void Ranges_overlap_when_a_byte_is_in_both() => Law.Holds(Law.Runs(Size), static runs =>
    {
        var (set, model) = Both(runs);
        foreach (var (start, length) in runs.Append((0, 0)).Append((3, 11)).Append((Size - 1, 1)))
        {
            Assert.Equal(model.AsSpan(start, length).Contains(true), set.Overlaps(new ByteRange(start, start + length)));
        }
    });

    [Fact]
    public void A_whole_is_covered_only_when_nothing_is_missing_and_nothing_is_too_much() => Law.Holds(Law.Runs(Size), static runs =>
    {
        var (set, model) = Both(runs);
        for (var total = 0; total <= Size; total++)
        {
            Assert.Equal(model.AsSpan(0, total).IndexOf(false) < 0 && !model.AsSpan(total).Contains(true), set.Covers(total));
        }
    });

    [Fact]
    public void The_next_range_is_the_first_gap() => Law.Holds(Law.Runs(Size), static runs =>
    {
        var (set, model) = Both(runs);
        var (start, end) = NextRange.Of(set);
        Assert.Equal(FirstMissing(model), start);
        var after = Array.IndexOf(model, true, (int)start);
        Assert.Equal(after < 0 ? null : (long?)after, end);
    });

    // Whatever came first: filling gap after gap ends with the whole, and asks for no byte twice.
    [Fact]
    public void Filling_gaps_ends_with_the_whole() => Law.Holds(Law.Runs(Size), static runs =>
    {
        var set = Both(runs).Set;
        for (var rounds = 0; !set.Covers(Size); rounds++)
        {
            Assert.InRange(rounds, 0, Size);
            var (start, end) = NextRange.Of(set);
            var gap = new ByteRange(start, end ?? Size);
            Assert.False(set.Overlaps(gap));
            set = set.Add(gap);
        }
    });

    [Fact]
    public void Offsets_far_beyond_four_gigabytes_are_kept_apart()
    {
        var set = ByteRangeSet.Empty.Add(new ByteRange(1L << 40, (1L << 40) + 5)).Add(new ByteRange(long.MaxValue - 1, long.MaxValue));
        Assert.Equal((6, long.MaxValue, 2), (set.Length, set.End, set.Ranges.Length));
        Assert.Equal((new ByteRange(0, 1L << 40), false), set.RunAt(0, long.MaxValue));
    }

    private static int FirstMissing(bool[] model) => model.TakeWhile(static there => there).Count();

    private static (ByteRangeSet Set, bool[] Model) Both((int Start, int Length)[] runs)
    {
        var (set, model) = (ByteRangeSet.Empty, new bool[Size]);
        foreach (var (start, length) in runs)
        {
            set = set.Add(new ByteRange(start, start + length));
            model.AsSpan(start, length).Fill(true);
        }

        return (set, model);
    }
}
