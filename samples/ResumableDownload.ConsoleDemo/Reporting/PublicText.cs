using System.Text.RegularExpressions;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Text as it may be shown: on one line, and no address with its query or user info, which may hold a secret.</summary>
internal static partial class PublicText
{
    public static string Of(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    public static string OneLine(string text) => Address().Replace(Break().Replace(text, " "), "$1$2");

    [GeneratedRegex(@"\s*[\r\n]+\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Break();

    [GeneratedRegex(@"(https?://)(?:[^\s/?#@]*@)?([^\s?#'""]*)[?#][^\s'""]*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
