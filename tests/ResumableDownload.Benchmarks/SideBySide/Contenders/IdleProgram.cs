namespace ResumableDownload.Benchmarks.SideBySide.Contenders;

/// <summary>A .NET program that does nothing: what is left of memory and time is what a download takes.</summary>
internal static class IdleProgram
{
    public static int Run()
    {
        Console.Out.Flush();
        return 0;
    }
}
