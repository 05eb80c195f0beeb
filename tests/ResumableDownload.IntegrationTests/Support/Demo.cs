using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ResumableDownload.IntegrationTests;

/// <summary>The built console demo as a process of its own, which can be killed.</summary>
internal sealed class Demo : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private Demo(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => _process.HasExited;

    public static Demo Start(Uri url, string destination, params IEnumerable<string> options) =>
        StartIn(Environment.CurrentDirectory, [url.AbsoluteUri, "--output", destination, "--json", .. options]);

    /// <summary>Starts it with these words only, in a folder.</summary>
    public static Demo StartIn(string folder, params IEnumerable<string> words) => StartIn(folder, null, words);

    /// <summary>Starts it with a list on its standard input.</summary>
    public static Demo StartFed(string folder, string list, params IEnumerable<string> words)
    {
        var demo = StartIn(folder, list, ["-i", "-", .. words]);
        demo._process.StandardInput.Write(list);
        demo._process.StandardInput.Close();
        return demo;
    }

    /// <summary>Starts it as a root whom permissions bind like anybody else.</summary>
    public static Demo StartBoundByPermissions(Uri url, string destination) =>
        StartIn(Environment.CurrentDirectory, null, [url.AbsoluteUri, "--output", destination, "--json"], ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]);

    private static Demo StartIn(string folder, string? input, IEnumerable<string> words, params string[] before)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "resumable-download.dll");
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] all = [.. before, host, program, .. words];
        return new Demo(Process.Start(new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = input is not null,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
    }

    /// <summary>SIGKILL: the process gets no say in it.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
    }

    /// <summary>The most memory that it has had, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>What Ctrl+C does.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<DemoReport> EndAsync(TimeSpan? limit = null)
    {
        var (exitCode, output, errors) = await WordsAsync(limit);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 0, $"The demo said nothing; exit code {exitCode}: {errors}");
        return new DemoReport(exitCode, JsonDocument.Parse(lines[^1]).RootElement, errors);
    }

    /// <summary>How a list ended, which was reported as JSON.</summary>
    public async Task<ListReport> EndListAsync()
    {
        var (exitCode, output, errors) = await WordsAsync();
        JsonElement[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.True(lines.Length > 0, $"The demo said nothing; exit code {exitCode}: {errors}");
        return new ListReport(exitCode, [.. lines[..^1].Select(line => new DemoReport(exitCode, line, errors))], lines[^1].GetProperty("total"), errors);
    }

    /// <summary>How it ended, and all it said.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> WordsAsync(TimeSpan? limit = null)
    {
        await _process.WaitForExitAsync().WaitAsync(limit ?? Wait.Limit);
        return (_process.ExitCode, await _output.WaitAsync(Wait.Limit), await _errors.WaitAsync(Wait.Limit));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}

/// <summary>How a run of the demo ended, by its own account.</summary>
internal sealed record DemoReport(int ExitCode, JsonElement Json, string Errors)
{
    /// <summary>The line of the list.</summary>
    public int Line => Json.GetProperty("line").GetInt32();

    public string? Status => Json.GetProperty("status").GetString();

    public long ResumedFrom => Json.GetProperty("resumedFrom").GetInt64();

    public long Fetched => Json.GetProperty("fetched").GetInt64();

    public string? Path => Json.GetProperty("path").GetString();

    public string? FinalCheck => Json.GetProperty("finalCheck").GetString();

    public string Failure => Json.GetProperty("failure").ToString();
}

/// <summary>How a list ended, by the demo's own account.</summary>
/// <param name="ExitCode">What the process ended with.</param>
/// <param name="Ends">The downloads, in the order in which they ended.</param>
/// <param name="Total">The figures of all.</param>
/// <param name="Errors">Standard error.</param>
internal sealed record ListReport(int ExitCode, IReadOnlyList<DemoReport> Ends, JsonElement Total, string Errors)
{
    /// <summary>The end of a line.</summary>
    public DemoReport this[int line] => Ends.Single(end => end.Line == line);

    /// <summary>How many, how many of them whole, failed and interrupted.</summary>
    public (long Count, long Whole, long Failed, long Interrupted) Counts => (Figure("count"), Figure("whole"), Figure("failed"), Figure("interrupted"));

    public long Figure(string name) => Total.GetProperty(name).GetInt64();
}
