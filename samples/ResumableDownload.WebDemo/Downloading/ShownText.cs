using System.Globalization;

namespace ResumableDownload.WebDemo.Downloading;

/// <summary>Addresses as they may be shown.</summary>
internal static class ShownText
{
    /// <summary>Scheme, host and path only: a query or user info may hold a secret.</summary>
    public static string AddressOf(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>What an address ends with, as people read it.</summary>
    public static string NameOf(Uri address)
    {
        var last = address.Segments[^1].Trim('/');
        var name = string.Concat(Uri.UnescapeDataString(last).Where(IsVisible));
        return name.Length > 0 ? name : address.Host;
    }

    // Format characters turn the order of letters around, so that a name reads as another one.
    private static bool IsVisible(char sign) =>
        char.GetUnicodeCategory(sign) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
