namespace ResumableDownload.IntegrationTests;

/// <summary>Squid as an accelerator with a cache in memory.</summary>
public sealed class SquidServer() : CacheServer("squid")
{
    private protected override string Configuration => $"""
        {string.Join('\n', Ports.Select(static port => $"http_port 127.0.0.1:{port} accel defaultsite=127.0.0.1 no-vhost"))}
        cache_peer 127.0.0.1 parent {OriginPort} 0 no-query no-digest originserver
        http_access allow all
        cache_mem 64 MB
        maximum_object_size_in_memory 16 MB
        visible_hostname localhost
        {AsRoot("cache_effective_user nobody")}
        cache_log {Folder["cache.log"]}
        access_log none
        netdb_filename none
        pid_filename none
        coredump_dir {Folder.Path}
        pinger_enable off
        max_filedescriptors 1024
        shutdown_lifetime 0 seconds
        """;

    private protected override IEnumerable<string> Arguments => ["-N", "-f", ConfigurationFile];
}
