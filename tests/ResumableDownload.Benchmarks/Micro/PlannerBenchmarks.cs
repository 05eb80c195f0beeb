using BenchmarkDotNet.Attributes;
using ResumableDownload.Model;
using ResumableDownload.Planning;

namespace ResumableDownload.Benchmarks.Micro;

[MemoryDiagnoser]
public class PlannerBenchmarks
{
    private SegmentView[] _segments = [];

    [Params(4, 32)]
    public int Connections { get; set; }

    [GlobalSetup]
    public void Share()
    {
        var random = new Random(1);
        _segments = [.. Enumerable.Range(0, Connections).Select(index => new SegmentView(new ByteRange((long)index << 30, (index + 1L) << 30), 1e6 * (1 + random.NextDouble()), MayBeSplit: true))];
    }

    [Benchmark(Description = "Choose what an idle connection takes")]
    public object? Choose() => SegmentPlanner.Choose([], _segments, 1e6, new(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(50)));
}
