using BenchmarkDotNet.Attributes;
using ResumableDownload.Integrity;
using ResumableDownload.Storage;

namespace ResumableDownload.Benchmarks.Micro;

[MemoryDiagnoser]
public class JournalBenchmarks
{
    private readonly byte[] _line = new byte[JournalLine.Longest];
    private readonly JournalEntry _entry = new JournalEntry.Received(new SummedRun(new ByteRange(1L << 40, (1L << 40) + (1 << 20)), 0x9a3f01c2));

    [Benchmark(Description = "Format a journal line")]
    public int Format()
    {
        var length = JournalLine.Write(_entry, SumKind.Crc32C, _line);
        return length + JournalLine.WriteEnding(Crc32C.Append(1, _line.AsSpan(0, length)), _line.AsSpan(length));
    }
}
