using System.Security.Cryptography.X509Certificates;

namespace ResumableDownload.IntegrationTests;

/// <summary>A server that a Debian package brings: a program and the text of its configuration.</summary>
public abstract class InstalledServer(string package) : RealServer
{
    private ServerProcess? _process;

    private protected override bool IsAvailable => Debian.ReasonToSkip(package) is null;

    private protected string ConfigurationFile => Folder["configuration"];

    private protected string CertificateFile => Folder["certificate.pem"];

    private protected string KeyFile => Folder["key.pem"];

    private protected abstract string Configuration { get; }

    private protected abstract IEnumerable<string> Arguments { get; }

    private protected override async Task StartAsync()
    {
        await File.WriteAllTextAsync(CertificateFile, Certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(KeyFile, Certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(ConfigurationFile, Configuration);
        _process = new ServerProcess(Debian.Demand(package), Arguments, Folder.Path);
        await _process.UntilItListensAsync(Ports);
    }

    private protected override async Task StopAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    /// <summary>A line for root only: what to become.</summary>
    private protected static string AsRoot(string line) => Environment.IsPrivilegedProcess ? line : "";
}
