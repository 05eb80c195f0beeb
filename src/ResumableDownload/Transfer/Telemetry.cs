using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ResumableDownload.Transfer;

/// <summary>What this library measures and traces. The names are a contract: dashboards are built on them.</summary>
/// <remarks>Nothing is computed, and hardly anything done, while nobody listens.</remarks>
internal static class Telemetry
{
    /// <summary>The name of the meter and of the source of activities.</summary>
    public const string Name = "ResumableDownload";

    private static readonly string? Version = typeof(Telemetry).Assembly.GetName().Version?.ToString(3);
    private static readonly Meter Meter = new(Name, Version);

    public static ActivitySource Source { get; } = new(Name, Version);

    public static Counter<long> Received { get; } = Meter.CreateCounter<long>("resumable_download.received", "By", "Body bytes taken from the network.");

    public static Counter<long> Saved { get; } = Meter.CreateCounter<long>("resumable_download.saved", "By", "Bytes of whole files that were kept from earlier runs.");

    public static Counter<long> FetchedAgain { get; } = Meter.CreateCounter<long>("resumable_download.fetched_again", "By", "Body bytes that were taken from the network and dropped, or repeated what was there.");

    public static UpDownCounter<long> Active { get; } = Meter.CreateUpDownCounter<long>("resumable_download.active", "{download}", "Downloads that run.");

    public static UpDownCounter<long> Connections { get; } = Meter.CreateUpDownCounter<long>("resumable_download.connections", "{connection}", "Connections that receive a body.");

    public static Counter<long> Attempts { get; } = Meter.CreateCounter<long>("resumable_download.attempts", "{attempt}", "Questions to an origin.");

    public static Counter<long> StartedOver { get; } = Meter.CreateCounter<long>("resumable_download.started_over", "{time}", "How often received bytes were given up.");

    public static Counter<long> DigestFailures { get; } = Meter.CreateCounter<long>("resumable_download.digest_failures", "{file}", "Whole files that were not what a digest says.");

    public static Histogram<double> Duration { get; } = Meter.CreateHistogram(
        "resumable_download.duration",
        "s",
        "How long runs took.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 14_400] });

    /// <summary>Begins an activity about an address; its query and user info stay out.</summary>
    public static Activity? Begin(string name, ActivityKind kind, Uri source)
    {
        var activity = Source.StartActivity(name, kind);
        if (activity is { IsAllDataRequested: true })
        {
            // OpenTelemetry's names: semantic conventions for HTTP and URLs.
            activity.SetTag("server.address", source.Host);
            activity.SetTag("server.port", source.Port);
            activity.SetTag("url.full", Model.PublicAddress.Of(source));
        }

        return activity;
    }

    /// <summary>Notes what an activity failed of.</summary>
    public static void Fail(Activity? activity, string type, string? why)
    {
        activity?.SetStatus(ActivityStatusCode.Error, why);
        activity?.SetTag("error.type", type);
    }
}
