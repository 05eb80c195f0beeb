using System.Globalization;

namespace ResumableDownload.Protocol;

/// <summary>Reads a date in any of the three forms of RFC 9110, section 5.6.7.</summary>
internal static class HttpDate
{
    private static readonly string[] Forms = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParseExact(
            text,
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces,
            out var date)
            ? date
            : null;
}
