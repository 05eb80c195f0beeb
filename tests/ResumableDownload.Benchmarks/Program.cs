using BenchmarkDotNet.Running;
using ResumableDownload.Benchmarks.SideBySide;

// micro [BenchmarkDotNet arguments]   the hot pieces
// cpu [rounds] [GiB]                  CPU of the demo against curl and a plain HttpClient, from nginx on loopback
// memory [GiB]                        managed allocation and working set of one download after a warm-up
// resume [rounds]                     from the start of the process to the resumed request, with little and much kept
// plain URL FILE                      the plain HttpClient that 'cpu' compares with
switch (args)
{
    case ["micro", .. var rest]:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest);
        return 0;
    case ["cpu", .. var rest]:
        return await CpuPerGiB.RunAsync(Number(rest, 0, 7), Number(rest, 1, 1));
    case ["memory", .. var rest]:
        return await Memory.RunAsync(Number(rest, 0, 1));
    case ["resume", .. var rest]:
        return await ResumeStart.RunAsync(Number(rest, 0, 7));
    case ["plain", var url, var file]:
        return await PlainCopy.RunAsync(url, file);
    default:
        Console.Error.WriteLine("usage: micro | cpu [rounds] [GiB] | memory [GiB] | resume [rounds] | plain URL FILE");
        return 2;
}

static int Number(string[] values, int index, int otherwise) =>
    index < values.Length && int.TryParse(values[index], out var number) ? number : otherwise;
