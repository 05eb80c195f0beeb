namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>What came of reading the command line: arguments to act on, or an exit code because all is said already.</summary>
internal sealed record CommandLineReading
{
    private CommandLineReading(Arguments? arguments, int exitCode) => (Arguments, ExitCode) = (arguments, exitCode);

    public Arguments? Arguments { get; }

    public int ExitCode { get; }

    public static CommandLineReading Of(Arguments arguments) => new(arguments, ConsoleDemo.ExitCode.Whole);

    public static CommandLineReading Ended(int exitCode) => new(null, exitCode);
}
