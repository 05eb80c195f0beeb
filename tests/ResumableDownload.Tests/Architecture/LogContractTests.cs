using System.Reflection;
using Microsoft.Extensions.Logging;

namespace ResumableDownload.Tests.Architecture;

/// <summary>Ids, levels and names of what is logged: alerts are built on them, so they change on purpose only, and no id is used again.</summary>
public sealed class LogContractTests
{
    private static readonly string[] Contract =
    [
        "1 Information Began", "2 Information Resumed", "3 Warning StartedOver", "4 Warning Retrying", "5 Warning DamagedCheckpoint", "6 Warning VoidBytes", "7 Information OtherResource",
        "8 Information Learned", "9 Information Committed", "10 Information Recovered", "11 Debug BodyEnded", "12 Warning WentElsewhere", "13 Information Refreshing", "14 Information NotModified",
        "15 Warning ChangedMeanwhile", "16 Debug FinalCheckInconclusive", "17 Warning DigestDiffers", "18 Warning RefreshFailedAhead", "19 Warning BroughtNothing", "20 Warning Stalled",
        "21 Warning Buffered", "22 Error Failed", "23 Information Cancelled", "24 Error Broke",
        "40 Error ListenerFailed", "41 Information NetworkSwitched", "42 Error MonitorFailed", "43 Error StateNotKept", "44 Warning DamagedState", "45 Information Restored", "46 Debug StateChanged",
    ];

    [Fact]
    public void Ids_levels_and_names_are_as_they_were() => Assert.Equal(Contract, Messages().Select(static one => $"{one.Message.EventId} {one.Message.Level} {one.Name}"));

    [Fact]
    public void An_address_is_always_called_source_and_never_written_into_the_text_itself() =>
        Assert.All(Messages(), static one => Assert.DoesNotContain("{Uri", one.Message.Message, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<(LoggerMessageAttribute Message, string Name)> Messages() => typeof(ResumableDownloader).Assembly.GetTypes()
        .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Select(static method => (Message: method.GetCustomAttribute<LoggerMessageAttribute>(), method.Name))
        .Where(static one => one.Message is not null)
        .Select(static one => (one.Message!, one.Name))
        .OrderBy(static one => one.Item1.EventId);
}
