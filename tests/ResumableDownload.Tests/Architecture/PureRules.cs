using System.Text.RegularExpressions;

namespace ResumableDownload.Tests.Architecture;

/// <summary>What the two lowest floors must not name: a decision that does I/O, waits, logs or asks the time cannot be a table.</summary>
internal static partial class PureRules
{
    public static IEnumerable<string> FaultsOf(SourceFile file) =>
        Impure().Matches(file.Code).Select(match => $"{file.Path} names {match.Value}").Distinct();

    [GeneratedRegex(@"\b(?:async|await|Task|ValueTask|Stream|FileStream|File|Directory|RandomAccess|Socket|HttpClient|HttpRequestMessage|HttpResponseMessage|HttpMessageHandler|ILogger(?:<\w+>)?|TimeProvider|Stopwatch|Thread|Timer|CancellationToken|Random|(?<=\.)(?:Now|UtcNow|Today))\b")]
    private static partial Regex Impure();
}
