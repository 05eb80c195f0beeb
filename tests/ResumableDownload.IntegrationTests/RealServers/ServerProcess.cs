using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ResumableDownload.IntegrationTests;

/// <summary>A server's program in the foreground. It ends with its test, and nothing else does.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    public ServerProcess(string program, IEnumerable<string> arguments, string folder)
    {
        _process = new Process
        {
            StartInfo = new(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder,

                // Some keep things in the home of whoever starts them.
                Environment = { ["HOME"] = folder, ["XDG_CONFIG_HOME"] = folder, ["XDG_DATA_HOME"] = folder },
            },
        };
        _process.OutputDataReceived += Hear;
        _process.ErrorDataReceived += Hear;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Task UntilItListensAsync(IEnumerable<int> ports) =>
        Wait.UntilAsync(() => ports.All(IsListening), $"{_process.StartInfo.FileName} listens");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await AskToEndAsync();
        }

        _process.Dispose();
    }

    // A request first: a killed parent would leave its children behind.
    private async Task AskToEndAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(5));
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    private bool IsListening(int port)
    {
        Assert.False(_process.HasExited, $"{_process.StartInfo.FileName} ended at once: {Said()}");
        try
        {
            using var probe = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            _said.AppendLine(line.Data);
        }
    }

    private string Said()
    {
        lock (_said)
        {
            return _said.ToString();
        }
    }
}
