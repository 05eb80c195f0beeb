using BenchmarkDotNet.Attributes;
using ResumableDownload.Integrity;

namespace ResumableDownload.Benchmarks.Micro;

[MemoryDiagnoser]
public class ChecksumBenchmarks
{
    private readonly byte[] _buffer = new byte[1 << 20];
    private SumKind _kind = SumKind.Crc32C;
    private ulong _first = 0x12345678;

    [Params("crc32c", "crc32", "crc64", "crc64nvme")]
    public string Name { get; set; } = "crc32c";

    [GlobalSetup]
    public void Fill()
    {
        new Random(1).NextBytes(_buffer);
        _kind = SumKind.Named(Name)!;
    }

    [Benchmark(Description = "Sum of 1 MiB")]
    public ulong Sum() => _kind.Append(0, _buffer);

    [Benchmark(Description = "Combine two sums")]
    public ulong Combine() => _first = _kind.Combine(_first, 0x9abcdef0, 1 << 20);
}
