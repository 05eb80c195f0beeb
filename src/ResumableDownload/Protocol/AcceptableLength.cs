using System.Globalization;

namespace ResumableDownload.Protocol;

/// <summary>Whether a length is one that the caller accepts.</summary>
internal static class AcceptableLength
{
    /// <summary>The reason to stop when so much is there and the total is not known, or <see langword="null"/>.</summary>
    /// <remarks>Less than is expected may still become it; more than is accepted will not become less.</remarks>
    public static ResponseDecision.GiveUp? FaultOfAtLeast(long bytes, AnswerLimits limits) =>
        FaultOf(bytes, bytes > limits.ExpectedLength ? limits : limits with { ExpectedLength = null });

    /// <summary>The reason to stop, or <see langword="null"/>.</summary>
    public static ResponseDecision.GiveUp? FaultOf(long? total, AnswerLimits limits) => total switch
    {
        null => null,
        _ when limits.ExpectedLength is { } expected && total != expected => new(
            DownloadFailure.LengthMismatch,
            string.Create(CultureInfo.InvariantCulture, $"The resource has {total} bytes, not the expected {expected}")),
        _ when total > limits.MaxLength => new(
            DownloadFailure.TooLong,
            string.Create(CultureInfo.InvariantCulture, $"The resource has {total} bytes, more than the accepted {limits.MaxLength}")),
        _ => null,
    };
}
