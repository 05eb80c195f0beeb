using System.Diagnostics;
using System.Globalization;

namespace ResumableDownload.IntegrationTests;

/// <summary>This assembly's program in a network namespace of its own, which has a pair of linked interfaces, both down, and ends with the program.</summary>
internal sealed class NetworkSpace : IDisposable
{
    // No addresses but those that a test gives.
    private const string Setup = "ip link add near type veth peer name far && ip link set near addrgenmode none && ip link set far addrgenmode none && exec \"$@\"";

    private readonly Process _process;
    private readonly List<string> _said = [];

    public NetworkSpace(params IEnumerable<string> words)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var program = Path.ChangeExtension(typeof(NetworkSpace).Assembly.Location, "dll");
        _process = Process.Start(new ProcessStartInfo("unshare", ["--net", "sh", "-c", Setup, "sh", host, program, .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>Waits for a line that the program says.</summary>
    public async Task HearAsync(string begin, string end = "")
    {
        using var limit = new CancellationTokenSource(Wait.Limit);
        while (await NextAsync(limit.Token) is { } line)
        {
            _said.Add(line);
            if (line.StartsWith(begin, StringComparison.Ordinal) && line.EndsWith(end, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"Waited in vain for \"{begin} … {end}\"; the program said: {string.Join(" | ", _said)}");
    }

    /// <summary>Runs <c>ip</c> where the program is. Not before it said something: till then it may be on its way.</summary>
    public void Ip(string words)
    {
        Assert.NotEmpty(_said);
        var space = string.Create(CultureInfo.InvariantCulture, $"--net=/proc/{_process.Id}/ns/net");
        using var ip = Process.Start(new ProcessStartInfo("nsenter", [space, Debian.Demand("iproute2"), .. words.Split(' ')]) { RedirectStandardError = true })!;
        var fault = ip.StandardError.ReadToEnd();
        ip.WaitForExit();
        Assert.True(ip.ExitCode == 0, $"ip {words} failed: {fault}");
    }

    /// <summary>Ends the program's input, and waits for its own end.</summary>
    public async Task<int> EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Wait.Limit);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task<string?> NextAsync(CancellationToken limit)
    {
        try
        {
            return await _process.StandardOutput.ReadLineAsync(limit);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
