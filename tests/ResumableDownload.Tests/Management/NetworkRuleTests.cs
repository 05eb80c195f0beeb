using ResumableDownload.Management;

namespace ResumableDownload.Tests.Management;

/// <summary>What a download may use, and what is laid on the network.</summary>
public sealed class NetworkRuleTests
{
    [Theory]
    [InlineData(NetworkRequirement.Any, NetworkKind.Unknown, true)]
    [InlineData(NetworkRequirement.Any, NetworkKind.None, true)]
    [InlineData(NetworkRequirement.Any, NetworkKind.Metered, true)]
    [InlineData(NetworkRequirement.Any, NetworkKind.Unmetered, true)]
    [InlineData(NetworkRequirement.UnmeteredOnly, NetworkKind.Unknown, true)]
    [InlineData(NetworkRequirement.UnmeteredOnly, NetworkKind.None, true)]
    [InlineData(NetworkRequirement.UnmeteredOnly, NetworkKind.Metered, false)]
    [InlineData(NetworkRequirement.UnmeteredOnly, NetworkKind.Unmetered, true)]
    public void Only_a_network_that_is_known_to_cost_something_is_forbidden_and_only_to_who_says_so(NetworkRequirement requirement, NetworkKind kind, bool isAllowed) =>
        Assert.Equal(isAllowed, NetworkRule.Allows(requirement, kind));

    [Theory]
    [InlineData(NetworkKind.None, "https://host/a", true)]
    [InlineData(NetworkKind.None, "https://localhost/a", false)]
    [InlineData(NetworkKind.None, "http://127.0.0.1:8080/a", false)]
    [InlineData(NetworkKind.None, "http://[::1]/a", false)]
    [InlineData(NetworkKind.Unknown, "https://host/a", false)]
    [InlineData(NetworkKind.Metered, "https://host/a", false)]
    [InlineData(NetworkKind.Unmetered, "https://host/a", false)]
    public void Only_without_any_network_and_not_on_this_machine_a_failure_is_laid_on_it(NetworkKind kind, string source, bool isOffline) =>
        Assert.Equal(isOffline, NetworkRule.IsOffline(kind, new Uri(source)));

    [Fact]
    public void A_network_that_is_gone_explains_failed_connections_unknown_names_and_what_a_strategy_rejects_and_nothing_else()
    {
        Assert.Equal([DownloadFailure.Connection, DownloadFailure.UnknownHost, DownloadFailure.Rejected], Enum.GetValues<DownloadFailure>().Where(NetworkFault.Is));
        Assert.False(NetworkFault.Is(new IOException("The disk failed.")));
    }
}
