using ResumableDownload.Protocol;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>The sentences that people read when a body ends as it should not.</summary>
public sealed class BodySentenceTests
{
    [Theory]
    [InlineData("TooMuch", null, null, DownloadFailure.ProtocolViolation, "The server sent more than it announced")]
    [InlineData("OverLimit", null, 100L, DownloadFailure.TooLong, "The resource has more than the accepted 100 bytes")]
    [InlineData("OverLimit", 100L, null, DownloadFailure.LengthMismatch, "The resource has more than the expected 100 bytes")]
    [InlineData("OverLimit", 100L, 100L, DownloadFailure.TooLong, "The resource has more than the accepted 100 bytes")]
    [InlineData("OverLimit", 90L, 100L, DownloadFailure.LengthMismatch, "The resource has more than the expected 90 bytes")]
    [InlineData("OverLimit", 110L, 100L, DownloadFailure.TooLong, "The resource has more than the accepted 100 bytes")]
    [InlineData("Unmarked", null, null, DownloadFailure.LengthUnknown, "The server tells no length and marks no end, so a whole body cannot be told from a cut one")]
    public void The_download_ends(string end, long? expected, long? most, DownloadFailure failure, string sentence)
    {
        var limits = new AnswerLimits(expected, most, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1));

        var thrown = Assert.Throws<DownloadException>(() => BodyOutcome.ThrowIfHopeless(Enum.Parse<BodyEnd>(end), gained: 50, isStrong: false, limits));

        Assert.Equal(failure, thrown.Failure);
        Assert.StartsWith(sentence, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Unmarked", 1, true)]
    [InlineData("Whole", 0, false)]
    [InlineData("Cut", 0, false)]
    [InlineData("Stalled", 0, false)]
    public void It_goes_on(string end, long gained, bool isStrong) =>
        BodyOutcome.ThrowIfHopeless(Enum.Parse<BodyEnd>(end), gained, isStrong, new AnswerLimits(100, 100, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1)));

    [Theory]
    [InlineData("Stalled", "The connection stalled for 1.5 s")]
    [InlineData("Cut", "The connection broke off")]
    public void An_attempt_was_in_vain(string end, string sentence)
    {
        var fault = new IOException("reset");

        var outcome = BodyOutcome.Fruitless(Enum.Parse<BodyEnd>(end), fault, TimeSpan.FromSeconds(1.5));

        Assert.Equal((DownloadFailure.Connection, sentence), (outcome.Failure, outcome.Why));
        Assert.Same(fault, outcome.Cause);
    }
}
