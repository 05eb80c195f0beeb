using ResumableDownload.Protocol;

namespace ResumableDownload.Transfer;

/// <summary>What the end of a body means for the download.</summary>
internal static class BodyOutcome
{
    /// <summary>Ends the download where a further attempt could only bring the same.</summary>
    /// <exception cref="DownloadException">The body is longer than announced or accepted, or its end cannot be told from a cut.</exception>
    public static void ThrowIfHopeless(BodyEnd end, long gained, bool isStrong, AnswerLimits limits)
    {
        switch (end)
        {
            case BodyEnd.TooMuch:
                throw new DownloadException(DownloadFailure.ProtocolViolation, "The server sent more than it announced");
            case BodyEnd.OverLimit:
                throw OverLimit(limits);
            case BodyEnd.Unmarked when gained == 0 || !isStrong:
                throw new DownloadException(DownloadFailure.LengthUnknown, "The server tells no length and marks no end, so a whole body cannot be told from a cut one");
        }
    }

    /// <summary>The outcome of a body that brought no new byte.</summary>
    public static AttemptOutcome Fruitless(BodyEnd end, Exception? fault, TimeSpan stallWindow) => end == BodyEnd.Stalled
        ? AttemptOutcome.Fruitless(DownloadFailure.Connection, $"The connection stalled for {stallWindow.TotalSeconds:0.###} s", fault)
        : AttemptOutcome.Fruitless(DownloadFailure.Connection, "The connection broke off", fault);

    private static DownloadException OverLimit(AnswerLimits limits) => limits.MaxLength is { } most && most <= (limits.ExpectedLength ?? long.MaxValue)
        ? new(DownloadFailure.TooLong, $"The resource has more than the accepted {most} bytes")
        : new(DownloadFailure.LengthMismatch, $"The resource has more than the expected {limits.ExpectedLength} bytes");
}
