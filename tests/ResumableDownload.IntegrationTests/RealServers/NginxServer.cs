namespace ResumableDownload.IntegrationTests;

/// <summary>nginx with files on disk, and in front of itself as a cache.</summary>
public sealed class NginxServer() : InstalledServer("nginx-light")
{
    internal static IReadOnlyList<Door> All { get; } =
    [
        new("static"),
        new("gzip") { Compresses = true },
        new("without tags"),
        new("limited"),
        new("cache") { IsCache = true },
        new("refreshed cache") { IsCache = true, IsRefreshed = true },

        // Its slices are cached one by one: after a change they are of two versions, and it ends the answer where they meet.
        new("slices") { IsCache = true, MayBreak = true },
        Door.Secure("h2"),
    ];

    internal override IReadOnlyList<Door> Doors => All;

    // One process: its own upstream, with nothing left behind when it ends.
    private protected override string Configuration => $$"""
        daemon off; master_process off; pid nginx.pid; error_log error.log;
        events { worker_connections 128; }
        http {
            access_log off;
            types { text/plain txt; }
            client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
            proxy_cache_path cache keys_zone=whole:1m inactive=1h;
            proxy_cache_path cache-of-slices keys_zone=sliced:1m inactive=1h;
            proxy_cache_valid 200 206 1h;
            proxy_http_version 1.1;
            root www;
            server { listen 127.0.0.1:{{PortOf("static")}}; }
            server { listen 127.0.0.1:{{PortOf("gzip")}}; gzip on; gzip_types *; gzip_min_length 1; }
            server { listen 127.0.0.1:{{PortOf("without tags")}}; etag off; }
            server { listen 127.0.0.1:{{PortOf("limited")}}; limit_rate 6m; }
            server {
                listen 127.0.0.1:{{PortOf("cache")}};
                listen 127.0.0.1:{{PortOf("refreshed cache")}};
                location / { proxy_cache whole; proxy_cache_bypass $http_cache_control; proxy_pass http://127.0.0.1:{{PortOf("static")}}; }
            }
            server {
                listen 127.0.0.1:{{PortOf("slices")}} sndbuf=64k;
                location / {
                    slice 256k; proxy_cache sliced; proxy_cache_key $uri$slice_range; proxy_set_header Range $slice_range;
                    proxy_cache_bypass $http_x_refresh; proxy_pass http://127.0.0.1:{{PortOf("static")}};
                }
            }
            server {
                listen 127.0.0.1:{{PortOf("h2")}} ssl http2;
                ssl_certificate {{CertificateFile}}; ssl_certificate_key {{KeyFile}};
            }
        }
        """;

    private protected override IEnumerable<string> Arguments => ["-p", Folder.Path, "-c", ConfigurationFile, "-e", Folder["error.log"]];
}
