using ResumableDownload.Management;

namespace ResumableDownload.Tests.Management;

/// <summary>What the end of a run means, for every way to end, every reason to stop, with and without a network.</summary>
public sealed class RunEndingTests
{
    // A line for each end and each state of the network, a column for each reason to stop.
    private const string Table = """
        end                        | none         | Yield        | Network      | Pause    | Cancel
        whole                      | Finishes     | Finishes     | Finishes     | Finishes | Finishes
        whole, offline             | Finishes     | Finishes     | Finishes     | Finishes | Finishes
        stopped                    | Yields       | Yields       | LosesNetwork | Pauses   | Cancels
        stopped, offline           | Yields       | Yields       | LosesNetwork | Pauses   | Cancels
        Connection                 | Fails        | Fails        | LosesNetwork | Pauses   | Cancels
        Connection, offline        | LosesNetwork | LosesNetwork | LosesNetwork | Pauses   | Cancels
        UnknownHost                | Fails        | Fails        | LosesNetwork | Pauses   | Cancels
        UnknownHost, offline       | LosesNetwork | LosesNetwork | LosesNetwork | Pauses   | Cancels
        NotFound                   | Fails        | Fails        | Fails        | Pauses   | Cancels
        NotFound, offline          | Fails        | Fails        | Fails        | Pauses   | Cancels
        ServerUnavailable          | Fails        | Fails        | Fails        | Pauses   | Cancels
        ServerUnavailable, offline | Fails        | Fails        | Fails        | Pauses   | Cancels
        a fault of the caller's    | Fails        | Fails        | Fails        | Pauses   | Cancels
        a fault, offline           | Fails        | Fails        | Fails        | Pauses   | Cancels
        """;

    public static TheoryData<string, string, string> Rows => TextTable.Rows(Table);

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_end_means_one_thing(string end, string stopping, string signal) =>
        Assert.Equal(Enum.Parse<DownloadSignal>(signal), Ending(end.Split(',')[0]).Signal(stopping == "none" ? null : Enum.Parse<StopReason>(stopping), end.EndsWith("offline", StringComparison.Ordinal)));

    [Fact]
    public void A_stronger_reason_to_stop_comes_later_in_the_list() =>
        Assert.Equal([StopReason.Yield, StopReason.Network, StopReason.Pause, StopReason.Cancel], Enum.GetValues<StopReason>().Order());

    private static RunEnding Ending(string end) => end switch
    {
        "whole" => new(Made.Result("/file")),
        "stopped" => default,
        _ when Enum.TryParse<DownloadFailure>(end, out var failure) => new(null, new DownloadException(failure, "It failed.")),
        _ => new(null, new InvalidOperationException("A function of the caller's failed.")),
    };
}
