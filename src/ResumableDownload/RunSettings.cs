using ResumableDownload.Protocol;
using ResumableDownload.Transfer;

namespace ResumableDownload;

/// <summary>Hands each room the settings that one download has there.</summary>
internal static class RunSettings
{
    /// <summary>Squid 5.7 damages the beginning of some answers to ranges that begin near the start; so few bytes cost less than a request.</summary>
    private const long LeastResumed = 64 * 1024;

    /// <summary>What all downloads of a downloader go through.</summary>
    public static RetryPipeline Pipeline(ResumableDownloadOptions options, TimeProvider time) => new(Retry(options), time, options.ConfigureResilience, options.ResiliencePipeline);

    /// <summary>The settings of one download.</summary>
    /// <param name="options">How downloads behave.</param>
    /// <param name="request">What is downloaded.</param>
    /// <param name="pipeline">What all of them go through.</param>
    /// <param name="limit">A speed limit beside that of the options.</param>
    public static TransferSettings Of(ResumableDownloadOptions options, DownloadRequest request, RetryPipeline pipeline, BandwidthLimit? limit) => new(
        Limits(options, request),
        options.Condition,
        Retry(options),
        new StallSettings(options.StallTimeout, options.StallBytes),
        options.MaxStartOvers)
    {
        Pipeline = pipeline,
        SetsFileTime = options.SetFileTime,
        MostConnections = options.MaxConnections,
        MultiplexesSegments = options.MultiplexSegments,
        Bandwidths = [.. new[] { options.BandwidthLimit, limit }.OfType<BandwidthLimit>()],
        FinalCheck = options.FinalCheck,
        ExpectedDigest = request.ExpectedDigest,
        UsesServerDigests = options.UseServerDigests,
    };

    private static AnswerLimits Limits(ResumableDownloadOptions options, DownloadRequest request) =>
        new(request.ExpectedLength ?? request.Range?.Length, options.MaxLength, options.MaxRetryAfter, options.StrongDateMargin)
        {
            WeakIdentity = options.WeakIdentity,
            EvidenceLength = options.EvidenceLength,
            LeastResumed = LeastResumed,
            HasExpectedDigest = request.ExpectedDigest is not null,
            IfChangedSince = request.IfChangedSince,
        };

    private static RetrySettings Retry(ResumableDownloadOptions options) => new(options.MaxAttemptsWithoutProgress, options.RetryDelay, options.MaxRetryDelay) { LongestAsked = options.MaxRetryAfter };
}
