using BenchmarkDotNet.Attributes;
using ResumableDownload.Integrity;

namespace ResumableDownload.Benchmarks.Micro;

[MemoryDiagnoser]
public class ChecksumBenchmarks
{
    private readonly byte[] _buffer = new byte[1 << 20];
    private uint _first = 0x12345678;

    [GlobalSetup]
    public void Fill() => new Random(1).NextBytes(_buffer);

    [Benchmark(Description = "CRC-32C of 1 MiB")]
    public uint Sum() => Crc32C.Of(_buffer);

    [Benchmark(Description = "Combine two sums")]
    public uint Combine() => _first = Crc32C.Combine(_first, 0x9abcdef0, 1 << 20);
}
