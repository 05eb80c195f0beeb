namespace ResumableDownload.Tests.TestKit;

/// <summary>Progress as it was reported, each with its fake time.</summary>
internal sealed class Reports(FakeTimeProvider time) : IProgress<DownloadProgress>
{
    private readonly Lock _gate = new();
    private readonly List<(TimeSpan At, DownloadProgress Progress)> _all = [];

    public Action<DownloadProgress>? OnReport { get; set; }

    public (TimeSpan At, DownloadProgress Progress)[] All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all];
            }
        }
    }

    public DownloadProgress Last => All[^1].Progress;

    public void Report(DownloadProgress value)
    {
        lock (_gate)
        {
            _all.Add((time.Elapsed, value));
        }

        OnReport?.Invoke(value);
    }
}
