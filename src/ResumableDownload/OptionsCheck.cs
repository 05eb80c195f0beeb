using System.Globalization;
using ResumableDownload.Protocol;
using ResumableDownload.Transfer;

namespace ResumableDownload;

/// <summary>Checks options once, names all faults together, and hands each room its own settings.</summary>
internal static class OptionsCheck
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Squid 5.7 damages the beginning of some answers to ranges that begin near the start; so few bytes cost less than a request.</summary>
    private const long LeastResumed = 64 * 1024;

    /// <exception cref="ArgumentException">One or more options are out of range.</exception>
    public static void ThrowIfInvalid(ResumableDownloadOptions options)
    {
        var faults = Faults(options).ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException("The options are not valid: " + string.Join("; ", faults) + ".", nameof(options));
        }
    }

    /// <summary>The settings of one download.</summary>
    /// <param name="options">How downloads behave.</param>
    /// <param name="request">What is downloaded.</param>
    /// <param name="limit">A speed limit beside that of the options.</param>
    public static TransferSettings Settings(ResumableDownloadOptions options, DownloadRequest request, BandwidthLimit? limit = null) => new(
        Limits(options, request),
        options.Condition,
        new RetrySettings(options.MaxAttemptsWithoutProgress, options.RetryDelay, options.MaxRetryDelay),
        new StallSettings(options.StallTimeout, options.StallBytes),
        options.MaxStartOvers)
    {
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

    private static IEnumerable<string> Faults(ResumableDownloadOptions options)
    {
        string?[] checks =
        [
            Defined(options.Condition, nameof(options.Condition)),
            Defined(options.ExistingDestination, nameof(options.ExistingDestination)),
            Defined(options.VerifyPartial, nameof(options.VerifyPartial)),
            Defined(options.WeakIdentity, nameof(options.WeakIdentity)),
            Defined(options.FinalCheck, nameof(options.FinalCheck)),
            Within(options.EvidenceLength, 1, 64 << 20, nameof(options.EvidenceLength)),
            Within(options.MaxConnections, 1, 32, nameof(options.MaxConnections)),
            Within(options.MaxAttemptsWithoutProgress, 1, 10_000, nameof(options.MaxAttemptsWithoutProgress)),
            Within(options.RetryDelay, TimeSpan.Zero, Day, nameof(options.RetryDelay)),
            Within(options.MaxRetryDelay, TimeSpan.Zero, Day, nameof(options.MaxRetryDelay)),
            Within(options.MaxRetryAfter, TimeSpan.Zero, Day, nameof(options.MaxRetryAfter)),
            Within(options.StallTimeout, TimeSpan.FromMilliseconds(100), Day, nameof(options.StallTimeout)),
            Within(options.StallBytes, 1, long.MaxValue, nameof(options.StallBytes)),
            Within(options.MaxStartOvers, 0, 1_000, nameof(options.MaxStartOvers)),
            Within(options.StrongDateMargin, TimeSpan.FromSeconds(1), Day, nameof(options.StrongDateMargin)),
            Within(options.MaxLength ?? 0, 0, long.MaxValue, nameof(options.MaxLength)),
            options.RetryDelay > options.MaxRetryDelay ? $"{nameof(options.RetryDelay)} ({options.RetryDelay}) is longer than {nameof(options.MaxRetryDelay)} ({options.MaxRetryDelay})" : null,
        ];
        return checks.OfType<string>();
    }

    private static string? Defined(Enum value, string name) =>
        Enum.IsDefined(value.GetType(), value) ? null : $"{name} ({value}) is no known value";

    private static string? Within<T>(T value, T least, T most, string name)
        where T : IComparable<T> => value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{name} ({value}) is not between {least} and {most}");
}
