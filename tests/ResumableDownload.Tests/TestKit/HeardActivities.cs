using System.Collections.Concurrent;
using System.Diagnostics;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.TestKit;

/// <summary>The activities of every download of the process that end while this listens.</summary>
internal sealed class HeardActivities : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public HeardActivities()
    {
        _listener = new()
        {
            ShouldListenTo = static source => source.Name == Telemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public Activity[] Ended => [.. _ended];

    public void Dispose() => _listener.Dispose();
}
