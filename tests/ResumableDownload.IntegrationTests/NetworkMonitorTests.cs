namespace ResumableDownload.IntegrationTests;

/// <summary>What the system tells of a network that is really unplugged.</summary>
[Collection(nameof(Alone))]
public sealed class NetworkMonitorTests
{
    [NetworkSpaceFact]
    public async Task Links_and_addresses_that_come_and_go_are_seen()
    {
        using var space = new NetworkSpace(Program.WatchNetwork);
        await space.HearAsync("None:");

        space.Ip("link set lo up");
        space.Ip("link set far up");
        space.Ip("link set near up");
        await space.HearAsync("Unknown: far");

        // Without a route, so that nothing but the address tells of it.
        space.Ip("address add 192.0.2.1/24 dev near noprefixroute");
        await space.HearAsync("Unknown: far", "192.0.2.1");

        // Another network: nothing goes down, but the address is another one.
        space.Ip("address add 198.51.100.1/24 dev near");
        space.Ip("address delete 192.0.2.1/24 dev near");
        await space.HearAsync("Unknown: far", "198.51.100.1");

        space.Ip("link set near down");
        await space.HearAsync("None:");

        space.Ip("link set near up");
        await space.HearAsync("Unknown: far", "198.51.100.1");
        Assert.Equal(0, await space.EndAsync());
    }
}
