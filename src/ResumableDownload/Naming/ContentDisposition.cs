using System.Diagnostics.CodeAnalysis;

namespace ResumableDownload.Naming;

/// <summary>Reads the name in a Content-Disposition field (RFC 6266), also from the many forms that servers send and the RFC does not know.</summary>
internal static class ContentDisposition
{
    /// <summary>The name as the server means it, which may be anything: make it safe before use. <see langword="null"/> when there is none.</summary>
    public static string? FileNameIn(string? field)
    {
        if (field is null)
        {
            return null;
        }

        var parameters = Parameters(field).ToList();
        return Named("filename*").Select(ExtendedText.Read).FirstOrDefault(IsName) ?? Named("filename").Select(PlainText.Read).FirstOrDefault(IsName);

        IEnumerable<string> Named(string name) =>
            parameters.Where(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static parameter => parameter.Value);
    }

    private static bool IsName([NotNullWhen(true)] string? name) => !string.IsNullOrWhiteSpace(name);

    // Not every sender begins with a type, so every part with an equals sign is a parameter.
    private static IEnumerable<(string Name, string Value)> Parameters(string field)
    {
        for (var at = 0; at < field.Length; at++)
        {
            var equals = EndOfName(field, at);
            if (equals < field.Length && field[equals] == '=')
            {
                var (value, end) = QuotedText.ValueAt(field, equals + 1);
                yield return (LastWord(field[at..equals]), value);
                at = end;
            }
            else
            {
                at = equals;
            }
        }
    }

    private static int EndOfName(string field, int at)
    {
        var end = field.AsSpan(at).IndexOfAny('=', ';');
        return end < 0 ? field.Length : at + end;
    }

    // "attachment filename=x" and "attachment, filename=x" are sent too.
    private static string LastWord(string text) => text.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
}
