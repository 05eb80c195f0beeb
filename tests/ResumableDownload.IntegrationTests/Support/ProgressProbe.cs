using System.Collections.Concurrent;

namespace ResumableDownload.IntegrationTests;

/// <summary>Keeps every report, on the thread that makes it.</summary>
internal sealed class ProgressProbe : IProgress<DownloadProgress>
{
    private readonly ConcurrentQueue<DownloadProgress> _reports = new();

    public IReadOnlyList<DownloadProgress> Reports => [.. _reports];

    public DownloadProgress? Last => _reports.LastOrDefault();

    public void Report(DownloadProgress value) => _reports.Enqueue(value);
}
