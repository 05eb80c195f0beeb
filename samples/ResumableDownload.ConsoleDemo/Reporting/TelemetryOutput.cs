using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Writes the library's metrics and traces to standard output, as OpenTelemetry's exporter for the console shows them: traces as they end, metrics at the end.</summary>
internal sealed class TelemetryOutput : IDisposable
{
    private const string Library = "ResumableDownload";

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    public TelemetryOutput(bool isWanted)
    {
        if (isWanted)
        {
            _traces = Sdk.CreateTracerProviderBuilder().AddSource(Library).AddConsoleExporter().Build();
            _metrics = Sdk.CreateMeterProviderBuilder().AddMeter(Library).AddConsoleExporter(static (_, reader) => reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = int.MaxValue).Build();
        }
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
