namespace ResumableDownload.IntegrationTests;

/// <summary>h2o 2.2, which ignores every condition: a range is answered with a part of whatever is there.</summary>
public sealed class H2oServer() : InstalledServer("h2o")
{
    internal static IReadOnlyList<Door> All { get; } = [new("static"), new("gzip") { Compresses = true }, Door.Secure("h2")];

    internal override IReadOnlyList<Door> Doors => All;

    private protected override string Configuration => $$"""
        {{AsRoot("user: root")}}
        num-threads: 1
        num-name-resolution-threads: 1
        num-ocsp-updaters: 1
        error-log: {{Folder["error.log"]}}
        hosts:
          "127.0.0.1:{{PortOf("static")}}":
            listen: { host: 127.0.0.1, port: {{PortOf("static")}} }
            paths: { "/": { file.dir: {{Root}} } }
          "127.0.0.1:{{PortOf("gzip")}}":
            listen: { host: 127.0.0.1, port: {{PortOf("gzip")}} }
            compress: [ gzip ]
            paths: { "/": { file.dir: {{Root}} } }
          "127.0.0.1:{{PortOf("h2")}}":
            listen:
              host: 127.0.0.1
              port: {{PortOf("h2")}}
              ssl: { certificate-file: {{CertificateFile}}, key-file: {{KeyFile}}, ocsp-update-interval: 0 }
            paths: { "/": { file.dir: {{Root}} } }
        """;

    private protected override IEnumerable<string> Arguments => ["-m", "worker", "-c", ConfigurationFile];
}
