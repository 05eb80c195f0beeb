using System.Net;

namespace ResumableDownload.IntegrationTests;

/// <summary>A download through a network that is really unplugged, and plugged in again.</summary>
[Collection(nameof(Alone))]
public sealed class NetworkSwitchTests
{
    private const int Length = 4_000_000;

    [NetworkSpaceFact]
    public async Task It_waits_for_the_network_and_goes_on_from_where_it_stopped()
    {
        using var folder = new TempFolder();
        using var space = new NetworkSpace(Program.Download, folder["file.bin"]);
        await space.HearAsync("ready");
        space.TakeFar("198.51.100.1/30");
        space.Ip("link set lo up");
        space.Ip("address add 198.51.100.2/30 dev near");
        space.Ip("link set near up");
        var paced = new Conduct { Pieces = (16 * 1024, TimeSpan.FromMilliseconds(10)) };
        await using var origin = new ScriptedOrigin(Resource.Version(1, Length), null, IPAddress.Parse("198.51.100.1")) { Otherwise = paced };
        space.Tell(origin.Url.AbsoluteUri);
        await Wait.UntilAsync(() => ResumableDownloader.Inspect(folder["file.bin"])?.Received > Length / 4, "a part is there");

        space.Ip("link set near down");
        await space.HearAsync("now WaitingForNetwork");
        var kept = ResumableDownloader.Inspect(folder["file.bin"])!.Received;
        space.Ip("link set near up");
        await space.HearAsync("now Completed");

        Assert.Equal(0, await space.EndAsync());
        Assert.Equal(origin.Resource.Bytes, await File.ReadAllBytesAsync(folder["file.bin"]));
        Assert.Equal(kept, origin.Requests[1].From);
    }
}
