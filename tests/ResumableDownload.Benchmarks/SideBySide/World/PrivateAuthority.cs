using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ResumableDownload.Benchmarks.SideBySide.World;

/// <summary>An authority that exists for one scenario, and a server's certificate from it; nothing is installed anywhere.</summary>
internal sealed class PrivateAuthority
{
    public PrivateAuthority(Workspace workspace)
    {
        (Root, Certificate, Key) = (In(workspace, "root.pem"), In(workspace, "server.pem"), In(workspace, "server.key"));
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = SignedByItself(rootKey);
        File.WriteAllText(Root, root.ExportCertificatePem());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var server = Issue(root, key);
        File.WriteAllText(Certificate, server.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The file with the certificate to trust.</summary>
    public string Root { get; }

    public string Certificate { get; }

    public string Key { get; }

    private static string In(Workspace workspace, string name) => Path.Combine(workspace.Memory, name);

    private static X509Certificate2 SignedByItself(ECDsa key)
    {
        var request = new CertificateRequest("CN=Benchmark authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    private static X509Certificate2 Issue(X509Certificate2 root, ECDsa key)
    {
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost"); // axel knows no addresses in certificates
        request.CertificateExtensions.Add(names.Build());
        return request.Create(root, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), [1, 2, 3, 4]);
    }
}
