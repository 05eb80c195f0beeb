using System.CommandLine;
using System.CommandLine.Parsing;
using ResumableDownload.ConsoleDemo.Reporting;

namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>Reads the words of the command line, and answers those that ask for help or make no sense.</summary>
internal sealed class CommandLineReader
{
    private readonly DownloadOptionSet _set = new();

    public CommandLineReading Read(string[] words, CancellationToken cancellationToken)
    {
        // A word that begins with @ is a word here, not a file to read more words from.
        var parsed = _set.ToCommand().Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (FaultOf(parsed) is { } fault)
        {
            return Refused(fault);
        }

        return parsed.Action is null ? Understood(parsed, cancellationToken) : CommandLineReading.Ended(parsed.Invoke());
    }

    // Words that belong nowhere are not repeated: they may be the rest of a header or an address, with a secret in it.
    private string? FaultOf(ParseResult parsed) => parsed.Errors switch
    {
        [] => null,
        _ when _set.FreeWords(parsed).FirstOrDefault(word => word.StartsWith('-')) is { } option => $"There is no option '{option.Split('=')[0]}'.",
        _ when parsed.UnmatchedTokens.Count > 0 => "There is more than one URL, or a value without its option; quote values that hold spaces.",
        [var error, ..] => error.Message,
    };

    private CommandLineReading Understood(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            return _set.FaultOf(parsed) is { } fault ? Refused(fault) : CommandLineReading.Of(_set.ToArguments(parsed, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.Error.WriteLine("Interrupted. Nothing was begun.");
            return CommandLineReading.Ended(ExitCode.Interrupted);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return Refused(WithoutParameterName(fault.Message));
        }
    }

    private static string WithoutParameterName(string message) => message.Split(" (Parameter '")[0];

    private static CommandLineReading Refused(string fault)
    {
        Console.Error.WriteLine(PublicText.OneLine(fault));
        Console.Error.WriteLine("See 'resumable-download --help'.");
        return CommandLineReading.Ended(ExitCode.Usage);
    }
}
