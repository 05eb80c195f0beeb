using BenchmarkDotNet.Attributes;
using ResumableDownload.Integrity;
using ResumableDownload.Model;
using ResumableDownload.Storage;

namespace ResumableDownload.Benchmarks.Micro;

[MemoryDiagnoser]
public class JournalBenchmarks
{
    private const int Many = 20_000;

    private static readonly SummedRun Run = new(new ByteRange(1L << 40, (1L << 40) + (1 << 20)), 0x9a3f01c2);

    private readonly string _folder = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"resumable-journal-{Environment.ProcessId}");
    private readonly byte[] _line = new byte[JournalLine.Longest];
    private readonly JournalEntry _entry = new JournalEntry.Received(Run);
    private Journal? _journal;

    // A new one for each iteration, so that no file grows without an end.
    [IterationSetup(Target = nameof(AppendAsync))]
    public void Open()
    {
        Directory.CreateDirectory(_folder);
        var representation = new Representation(new Validator { EntityTag = "\"v1\"" }, DateTimeOffset.UnixEpoch, null, null);
        var header = JournalHeader.Of(representation, SumKind.Crc32C, "r", "https://host/");
        _journal = Journal.ReplaceAsync(Disk.Physical, new SidecarPaths(Path.Combine(_folder, "file.bin")), header, [], areFlushed: false, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    [IterationCleanup(Target = nameof(AppendAsync))]
    public void Close()
    {
        _journal!.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Description = "Format a journal line")]
    public int Format()
    {
        var length = JournalLine.Write(_entry, SumKind.Crc32C, _line);
        return length + JournalLine.WriteEnding(Crc32C.Append(1, _line.AsSpan(0, length)), _line.AsSpan(length));
    }

    [Benchmark(Description = "Append a run to a journal in memory", OperationsPerInvoke = Many)]
    public async Task AppendAsync()
    {
        for (var count = 0; count < Many; count++)
        {
            await _journal!.AppendAsync(Run);
        }
    }
}
