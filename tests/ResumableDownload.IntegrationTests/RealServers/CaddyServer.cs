namespace ResumableDownload.IntegrationTests;

/// <summary>Caddy, whose encoder compresses parts too and leaves their strong tag as it is.</summary>
public sealed class CaddyServer() : InstalledServer("caddy")
{
    internal static IReadOnlyList<Door> All { get; } = [new("static"), new("gzip") { Compresses = true }, Door.Secure("h2")];

    internal override IReadOnlyList<Door> Doors => All;

    private protected override string Configuration => $$"""
        {
            admin off
            auto_https off
            default_sni 127.0.0.1
            servers {
                protocols h1 h2
            }
        }
        http://127.0.0.1:{{PortOf("static")}} {
            bind 127.0.0.1
            root * {{Root}}
            file_server
        }
        http://127.0.0.1:{{PortOf("gzip")}} {
            bind 127.0.0.1
            root * {{Root}}
            encode gzip
            file_server
        }
        https://127.0.0.1:{{PortOf("h2")}} {
            bind 127.0.0.1
            tls {{CertificateFile}} {{KeyFile}}
            root * {{Root}}
            file_server
        }
        """;

    private protected override IEnumerable<string> Arguments => ["run", "--config", ConfigurationFile, "--adapter", "caddyfile"];
}
