using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.TestKit;

/// <summary>What every download of the process measures while this listens.</summary>
internal sealed class HeardMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value, KeyValuePair<string, object?>[] Tags)> _measured = new();

    public HeardMetrics()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == Telemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _measured.Enqueue((instrument.Name, value, tags.ToArray())));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _measured.Enqueue((instrument.Name, value, tags.ToArray())));
        _listener.Start();
    }

    public double this[string name] => _measured.Where(one => one.Name == name).Sum(static one => one.Value);

    public IEnumerable<string?> Tags(string name, string tag) =>
        _measured.Where(one => one.Name == name).Select(one => one.Tags.FirstOrDefault(pair => pair.Key == tag).Value?.ToString());

    public void Dispose() => _listener.Dispose();
}
