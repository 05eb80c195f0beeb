using System.Diagnostics.Metrics;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>The names and units of what is measured: dashboards are built on them.</summary>
public sealed class MetricContractTests
{
    [Theory]
    [InlineData("received", "By", "Body bytes taken from the network.")]
    [InlineData("saved", "By", "Bytes of whole files that were kept from earlier runs.")]
    [InlineData("fetched_again", "By", "Body bytes that were taken from the network and dropped, or repeated what was there.")]
    [InlineData("active", "{download}", "Downloads that run.")]
    [InlineData("connections", "{connection}", "Connections that receive a body.")]
    [InlineData("attempts", "{attempt}", "Questions to an origin.")]
    [InlineData("started_over", "{time}", "How often received bytes were given up.")]
    [InlineData("digest_failures", "{file}", "Whole files that were not what a digest says.")]
    [InlineData("duration", "s", "How long runs took.")]
    public void Each_metric_has_its_name_unit_and_meaning(string name, string unit, string meaning)
    {
        var metric = Assert.Single(Metrics(), metric => metric.Name == $"resumable_download.{name}");
        Assert.Equal((unit, meaning, "ResumableDownload"), (metric.Unit, metric.Description, metric.Meter.Name));
    }

    [Fact]
    public void There_are_no_others() => Assert.Equal(9, Metrics().Count);

    [Fact]
    public void Durations_are_told_apart_from_a_tenth_of_a_second_to_four_hours() =>
        Assert.Equal([0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 14_400], Telemetry.Duration.Advice?.HistogramBucketBoundaries);

    private static List<Instrument> Metrics()
    {
        _ = Telemetry.Received;
        var metrics = new List<Instrument>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == Telemetry.Name)
            {
                metrics.Add(instrument);
            }
        };
        listener.Start();
        return metrics;
    }
}
