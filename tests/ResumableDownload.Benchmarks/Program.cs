using System.Globalization;
using BenchmarkDotNet.Running;
using ResumableDownload.Benchmarks.SideBySide.Contenders;
using ResumableDownload.Benchmarks.SideBySide.Link;
using ResumableDownload.Benchmarks.SideBySide.Scenarios;

// micro [BenchmarkDotNet arguments]   the hot pieces
// all [settings]                      every scenario, side by side with the peers
// SCENARIO [settings]                 one of them
// plain, raw, idle, link, probe       processes of the scenarios that are within this program
try
{
    switch (args)
    {
        case ["micro", .. var rest]:
            RunMicro(rest);
            return 0;
        case ["all", .. var rest]:
            return await Scenario.RunAsync(Scenario.All, rest);
        case ["plain", "--list", var list, var atATime]:
            return await PlainCopy.RunListAsync(list, int.Parse(atATime, CultureInfo.InvariantCulture));
        case ["plain", var url, var file]:
            return await PlainCopy.RunAsync(url, file);
        case ["raw", var url, var file]:
            return RawCopy.Run(url, file);
        case ["link", .. var traits]:
            return LinkProgram.Run(traits);
        case ["probe", var url, var connections]:
            return ProbeProgram.Run(url, int.Parse(connections, CultureInfo.InvariantCulture));
        case ["idle"]:
            return IdleProgram.Run();
        case [var name, .. var rest] when Scenario.All.FirstOrDefault(scenario => scenario.Name == name) is { } scenario:
            return await Scenario.RunAsync([scenario], rest);
    }
}
catch (FormatException exception)
{
    Console.Error.WriteLine(exception.Message);
}

Console.Error.WriteLine($"usage: all | {string.Join(" | ", Scenario.All.Select(static scenario => scenario.Name))} | micro");
Console.Error.WriteLine("settings: [--rounds N] [--size 256M] [--connections 1,4,8] [--only curl,wget,wget2,aria2,axel,plain,raw,ours]");
return 2;

// By itself, so that the contenders within this program do not load BenchmarkDotNet.
static void RunMicro(string[] arguments) => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments);
