namespace ResumableDownload.Benchmarks.SideBySide.Measuring;

/// <summary>What a whole process used, from its start to its end.</summary>
/// <param name="Cpu">User and system time, in seconds.</param>
/// <param name="Wall">Seconds from before its start to its end.</param>
/// <param name="Peak">The most memory that it held, in MiB.</param>
/// <param name="Status">Its exit code; 128 and the signal where one ended it.</param>
internal sealed record Usage(double Cpu, double Wall, double Peak, int Status);
