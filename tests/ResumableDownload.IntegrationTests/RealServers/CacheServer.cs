namespace ResumableDownload.IntegrationTests;

/// <summary>A shared cache in front of nginx.</summary>
public abstract class CacheServer(string package) : InstalledServer(package)
{
    private readonly NginxServer _origin = new();

    internal static IReadOnlyList<Door> All { get; } = [new("cache") { IsCache = true }, new("refreshed cache") { IsCache = true, IsRefreshed = true }];

    internal override IReadOnlyList<Door> Doors => All;

    internal override string Root => _origin.Root;

    private protected int OriginPort => _origin.PortOf("static");

    private protected override async Task StartAsync()
    {
        await _origin.InitializeAsync();
        await base.StartAsync();
    }

    private protected override async Task StopAsync()
    {
        await base.StopAsync();
        await _origin.DisposeAsync();
    }
}
