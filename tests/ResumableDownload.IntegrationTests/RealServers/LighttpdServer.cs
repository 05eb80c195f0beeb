using System.Net;

namespace ResumableDownload.IntegrationTests;

/// <summary>lighttpd, which ignores If-Match and honours If-Range.</summary>
public sealed class LighttpdServer() : InstalledServer("lighttpd")
{
    internal static IReadOnlyList<Door> All { get; } = [new("static"), new("h2c") { Http = HttpVersion.Version20 }];

    internal override IReadOnlyList<Door> Doors => All;

    // Its cache of file times would show a change up to two seconds late.
    private protected override string Configuration => $$"""
        server.document-root = "{{Root}}"
        server.errorlog = "{{Folder["error.log"]}}"
        server.stat-cache-engine = "disable"
        server.bind = "127.0.0.1"
        server.port = {{PortOf("static")}}
        $SERVER["socket"] == "127.0.0.1:{{PortOf("h2c")}}" { }
        mimetype.assign = (".txt" => "text/plain")
        """;

    private protected override IEnumerable<string> Arguments => ["-D", "-f", ConfigurationFile];
}
