using BenchmarkDotNet.Attributes;
using ResumableDownload.Management;
using ResumableDownload.Storage;

namespace ResumableDownload.Benchmarks.Micro;

[MemoryDiagnoser]
public class QueueBenchmarks
{
    private const int Many = 10_000;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"resumable-queue-{Environment.ProcessId}");
    private readonly SavedDownload[] _downloads = [.. Enumerable.Range(0, Many).Select(static number => new SavedDownload
    {
        Id = Guid.NewGuid(),
        Source = new Uri($"https://host.example/some/folder/file-{number}.bin?token=0123456789abcdef0123456789abcdef"),
        Destination = $"/home/somebody/Downloads/file-{number}.bin",
    })];

    private QueueFile? _queue;

    [IterationSetup(Target = nameof(Add))]
    public void Begin() => _queue = QueueFile.Open(Disk.Physical, Path.Combine(_folder, "queue"));

    [IterationSetup(Target = nameof(Open))]
    public void Fill()
    {
        Begin();
        Add();
        _queue!.Dispose();
    }

    [IterationCleanup]
    public void Close()
    {
        _queue!.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Description = "Add 10 000 downloads to a queue file")]
    public void Add()
    {
        for (var number = 0; number < Many; number++)
        {
            _queue!.Add(_downloads[number], order: number + 1);
        }
    }

    [Benchmark(Description = "Open a queue file of 10 000 downloads")]
    public void Open() => _queue = QueueFile.Open(Disk.Physical, Path.Combine(_folder, "queue"));
}
