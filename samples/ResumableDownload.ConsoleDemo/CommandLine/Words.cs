using System.CommandLine.Parsing;
using System.Globalization;

namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>What single words of the command line mean.</summary>
internal static class Words
{
    private const string Suffixes = "KMG";

    // The word itself is not repeated: it may hold a secret, and what is no address cannot be cut at its query.
    public static Uri? Address(ArgumentResult result) =>
        AddressOf(result.Tokens[0].Value) ?? Refuse<Uri?>(result, "The URL must be an absolute http or https address, such as https://host/file.");

    /// <summary>An address that can be downloaded from; <see langword="null"/> when the word is none.</summary>
    public static Uri? AddressOf(string word) =>
        Uri.TryCreate(word, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) ? address : null;

    public static string? FilePath(ArgumentResult result, string otherwise)
    {
        var path = result.Tokens[0].Value;
        return string.IsNullOrWhiteSpace(path) ? Refuse<string?>(result, otherwise) : path;
    }

    public static long? Rate(ArgumentResult result)
    {
        var word = result.Tokens[0].Value;
        return RateOf(word) ?? Refuse<long?>(result, $"'{word}' is no rate; write bytes per second, as in 500K or 1.5M.");
    }

    public static int WholeNumber(ArgumentResult result, int least, int most, string otherwise) =>
        int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Refuse<int>(result, otherwise);

    public static double Number(ArgumentResult result, double least, double most, string otherwise) =>
        double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most
            ? number
            : Refuse<double>(result, otherwise);

    public static KeyValuePair<string, string>[]? Headers(ArgumentResult result)
    {
        var lines = result.Tokens.Select(token => token.Value.Split(':', 2)).ToArray();
        return lines.Any(line => line.Length < 2)
            ? Refuse<KeyValuePair<string, string>[]?>(result, "A header is written as 'Name: value'.")
            : [.. lines.Select(line => KeyValuePair.Create(line[0].Trim(), line[1].Trim()))];
    }

    public static Digest? DigestOf(ArgumentResult result)
    {
        try
        {
            return Digest.Parse(result.Tokens[0].Value);
        }
        catch (FormatException fault)
        {
            return Refuse<Digest?>(result, fault.Message);
        }
    }

    private static long? RateOf(string word)
    {
        var power = word.Length > 0 ? Suffixes.IndexOf(char.ToUpperInvariant(word[^1]), StringComparison.Ordinal) + 1 : 0;
        var digits = power > 0 ? word[..^1] : word;
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * Math.Pow(1024, power) is >= 1 and <= 1e15 and var rate
            ? (long)rate
            : null;
    }

    private static T? Refuse<T>(ArgumentResult result, string fault)
    {
        result.AddError(fault);
        return default;
    }
}
