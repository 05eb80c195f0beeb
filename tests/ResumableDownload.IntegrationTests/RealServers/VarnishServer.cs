namespace ResumableDownload.IntegrationTests;

/// <summary>Varnish, which fetches the whole for any part, and hides conditions from its origin.</summary>
public sealed class VarnishServer() : CacheServer("varnish")
{
    private protected override string Configuration => $$"""
        vcl 4.1;
        backend origin { .host = "127.0.0.1"; .port = "{{OriginPort}}"; }
        sub vcl_recv { if (req.http.Cache-Control ~ "no-cache") { set req.hash_always_miss = true; } }
        """;

    private protected override IEnumerable<string> Arguments =>
    [
        "-F", "-j", "none", "-n", Folder["varnish"], "-f", ConfigurationFile, .. Ports.SelectMany(static port => new[] { "-a", $"127.0.0.1:{port}" }),
        "-s", "malloc,64m", "-p", "thread_pools=1", "-p", "thread_pool_min=10",
    ];
}
