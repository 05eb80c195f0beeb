namespace ResumableDownload.IntegrationTests;

/// <summary>Apache, whose 416 says nothing of the length, and whose deflate gives ranges of the compressed form.</summary>
public sealed class ApacheServer() : InstalledServer("apache2-bin")
{
    internal static IReadOnlyList<Door> All { get; } = [new("static"), new("deflate") { Compresses = true }, Door.Secure("h2")];

    internal override IReadOnlyList<Door> Doors => All;

    private protected override string Configuration => $"""
        ServerRoot {Folder.Path}
        ServerName 127.0.0.1
        PidFile {Folder["apache.pid"]}
        ErrorLog {Folder["error.log"]}
        DefaultRuntimeDir {Folder.Path}
        Mutex file:{Folder.Path} default
        {string.Join('\n', new[] { "mpm_event", "authz_core", "filter", "deflate", "ssl", "http2" }.Select(Module))}
        {AsRoot("User nobody\nGroup nogroup")}
        {string.Join('\n', Ports.Select(port => $"Listen 127.0.0.1:{port}"))}
        DocumentRoot {Root}
        <Directory {Root}>
            Require all granted
            ForceType text/plain
        </Directory>
        <VirtualHost 127.0.0.1:{PortOf("deflate")}>
            SetOutputFilter DEFLATE
        </VirtualHost>
        <VirtualHost 127.0.0.1:{PortOf("h2")}>
            Protocols h2 http/1.1
            SSLEngine on
            SSLCertificateFile {CertificateFile}
            SSLCertificateKeyFile {KeyFile}
        </VirtualHost>
        """;

    // -X: one process in the foreground.
    private protected override IEnumerable<string> Arguments => ["-X", "-f", ConfigurationFile];

    private static string Module(string name) => $"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so";
}
