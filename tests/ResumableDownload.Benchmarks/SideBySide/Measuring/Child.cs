using System.Diagnostics;
using System.Globalization;
using ResumableDownload.Benchmarks.SideBySide.Contenders;

namespace ResumableDownload.Benchmarks.SideBySide.Measuring;

/// <summary>A process that is measured.</summary>
/// <remarks>
/// A shell starts it and ends, and this process adopts it. So its peak memory is its own: a child that .NET starts itself inherits .NET's peak when it
/// is forked. Linux tells CPU time to the nanosecond this way, where 'time' tells hundredths of a second.
/// </remarks>
internal sealed class Child
{
    private const int Kill = 9;

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Command _command;
    private readonly string _log;
    private readonly Task<Usage> _end;

    private Child(Command command, string log)
    {
        (_command, _log) = (command, log);
        LinuxCalls.AdoptOrphans();
        Id = Start();
        _end = Task.Factory.StartNew(Wait, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public int Id { get; }

    public bool HasEnded => _end.IsCompleted;

    /// <summary>The last words of its standard error.</summary>
    public string Complaint => File.Exists(_log) ? string.Concat(File.ReadAllText(_log).TrimEnd().TakeLast(300)).ReplaceLineEndings(" ") : "";

    public static Child Start(Command command, string log) => new(command, log);

    public static async Task<Usage> RunAsync(Command command, string log, CancellationToken cancellationToken) =>
        await Start(command, log).EndAsync(cancellationToken);

    /// <summary>Waits for its end; it is killed when nobody wants to wait any longer.</summary>
    public async Task<Usage> EndAsync(CancellationToken cancellationToken)
    {
        await using var stop = cancellationToken.Register(() => LinuxCalls.Send(Id, Kill));
        var usage = await _end;
        cancellationToken.ThrowIfCancellationRequested();
        return usage;
    }

    public async Task<Usage> KillAsync()
    {
        if (!HasEnded)
        {
            LinuxCalls.Send(Id, Kill);
        }

        return await _end;
    }

    private int Start()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$0; \"$@\" </dev/null >/dev/null 2>\"$log\" & echo $!", _log, _command.Path, .. _command.Arguments])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in _command.Environment)
        {
            start.Environment[name] = value;
        }

        using var shell = Process.Start(start)!;
        var id = int.Parse(shell.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
        shell.WaitForExit();
        return id;
    }

    private Usage Wait()
    {
        var status = LinuxCalls.Wait(Id, out var used);
        var wall = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        var signal = status & 0x7f;
        return new(used[0] + used[2] + ((used[1] + used[3]) / 1e6), wall, used[4] / 1024.0, signal == 0 ? (status >> 8) & 0xff : 128 + signal);
    }
}
