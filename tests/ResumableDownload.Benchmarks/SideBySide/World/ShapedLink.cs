using System.Diagnostics;
using System.Globalization;
using ResumableDownload.Benchmarks.SideBySide.Contenders;
using ResumableDownload.Benchmarks.SideBySide.Link;

namespace ResumableDownload.Benchmarks.SideBySide.World;

/// <summary>Two network namespaces and a link between them, with Linux's default buffers and cubic.</summary>
internal sealed class ShapedLink : IDisposable
{
    public const string ServerAddress = "10.213.0.1";

    private const string ClientAddress = "10.213.0.2";

    private readonly string _server = $"rdb-{Environment.ProcessId}-s";
    private readonly string _client = $"rdb-{Environment.ProcessId}-c";
    private Process? _relay;

    public ShapedLink(LinkTraits traits)
    {
        try
        {
            Open(traits);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Server => _server;

    public string Client => _client;

    /// <summary>Packets from the server that went through, that were lost at random, and that found the queue full.</summary>
    public (long Sent, long Lost, long Overflowed) Counts
    {
        get
        {
            _relay!.StandardInput.WriteLine();
            var counts = _relay.StandardOutput.ReadLine()!.Split(' ').Select(long.Parse).ToArray();
            return (counts[0], counts[1], counts[2]);
        }
    }

    public void Dispose()
    {
        if (_relay is not null)
        {
            _relay.StandardInput.Close();
            _relay.WaitForExit();
            _relay.Dispose();
        }

        foreach (var space in new[] { _server, _client }.Where(static space => File.Exists($"/run/netns/{space}")))
        {
            Ip("netns", "del", space);
        }
    }

    private static void Ip(params string[] arguments)
    {
        using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var complaint = ip.StandardError.ReadToEnd();
        ip.WaitForExit();
        if (ip.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {complaint}");
        }
    }

    private void Open(LinkTraits traits)
    {
        Ip("netns", "add", _server);
        Ip("netns", "add", _client);
        var command = new Command(Programs.Self, ["link", .. traits.ToWords()]).Within(_server);
        _relay = Process.Start(new ProcessStartInfo(command.Path, command.Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        _ = _relay.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The link does not start.");
        Ip("-n", _server, "link", "set", LinkProgram.Client, "netns", _client);
        Connect(_server, LinkProgram.Server, ServerAddress, ClientAddress);
        Connect(_client, LinkProgram.Client, ClientAddress, ServerAddress);
    }

    private static void Connect(string space, string device, string address, string other)
    {
        Ip("-n", space, "link", "set", "lo", "up");
        Ip("-n", space, "link", "set", device, "txqueuelen", 10_000.ToString(CultureInfo.InvariantCulture), "up");
        Ip("-n", space, "addr", "add", address, "peer", other, "dev", device);
        Ip("-n", space, "route", "replace", other, "dev", device, "congctl", "cubic");
        Ip("netns", "exec", space, "sh", "-c", "echo 4096 131072 6291456 > /proc/sys/net/ipv4/tcp_rmem; echo 4096 16384 4194304 > /proc/sys/net/ipv4/tcp_wmem");
    }
}
