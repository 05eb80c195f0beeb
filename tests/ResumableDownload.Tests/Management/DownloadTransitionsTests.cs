using ResumableDownload.Management;

namespace ResumableDownload.Tests.Management;

/// <summary>What follows what, for every state and every signal.</summary>
public sealed class DownloadTransitionsTests
{
    // A line for each state, a column for each signal: the next state, or a dot where the signal means nothing.
    private const string Table = """
        from               | Begins  | Waits          | Tries   | Finishes  | Fails  | Yields | LosesNetwork      | FindsNetwork | Pauses | Resumes | Cancels
        Queued             | Running | .              | .       | .         | .      | .      | WaitingForNetwork | .            | Paused | .       | Cancelled
        Running            | .       | WaitingToRetry | .       | Completed | Failed | Queued | WaitingForNetwork | .            | Paused | .       | Cancelled
        WaitingForNetwork  | .       | .              | .       | .         | .      | .      | .                 | Queued       | Paused | Queued  | Cancelled
        WaitingToRetry     | .       | .              | Running | Completed | Failed | Queued | WaitingForNetwork | .            | Paused | .       | Cancelled
        Paused             | .       | .              | .       | .         | .      | .      | .                 | .            | .      | Queued  | Cancelled
        Completed          | .       | .              | .       | .         | .      | .      | .                 | .            | .      | .       | .
        Failed             | .       | .              | .       | .         | .      | .      | .                 | .            | .      | Queued  | Cancelled
        Cancelled          | .       | .              | .       | .         | .      | .      | .                 | .            | .      | .       | .
        """;

    public static TheoryData<string, string, string> Rows => TextTable.Rows(Table);

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_signal_leads_to_one_state_or_means_nothing(string from, string signal, string next) =>
        Assert.Equal(
            next == "." ? null : Enum.Parse<DownloadState>(next),
            DownloadTransitions.Next(Enum.Parse<DownloadState>(from), Enum.Parse<DownloadSignal>(signal)));

    [Fact]
    public void Every_state_and_every_signal_is_in_the_table() => Assert.Equal(
        Enum.GetNames<DownloadState>().SelectMany(static _ => Enum.GetNames<DownloadSignal>(), static (state, signal) => $"{state} {signal}").Order(StringComparer.Ordinal),
        TextTable.Read(Table).Select(static row => $"{row.Row} {row.Column}").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(DownloadState.Queued, false, true)]
    [InlineData(DownloadState.Running, false, true)]
    [InlineData(DownloadState.WaitingForNetwork, false, true)]
    [InlineData(DownloadState.WaitingToRetry, false, true)]
    [InlineData(DownloadState.Paused, false, true)]
    [InlineData(DownloadState.Completed, true, false)]
    [InlineData(DownloadState.Failed, false, false)]
    [InlineData(DownloadState.Cancelled, true, false)]
    public void Only_what_may_still_become_a_file_by_itself_or_by_a_resume_without_a_failure_holds_its_destination(DownloadState state, bool isFinal, bool holds) =>
        Assert.Equal((isFinal, holds), (DownloadTransitions.IsFinal(state), DownloadTransitions.HoldsDestination(state)));

    [Fact]
    public void Nothing_leads_out_of_a_final_state() => Assert.All(
        Enum.GetValues<DownloadSignal>(),
        static signal => Assert.All(
            Enum.GetValues<DownloadState>().Where(DownloadTransitions.IsFinal),
            state => Assert.Null(DownloadTransitions.Next(state, signal))));
}
