namespace ResumableDownload.ConsoleDemo;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    public const int Whole = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Interrupted = 130;
}
