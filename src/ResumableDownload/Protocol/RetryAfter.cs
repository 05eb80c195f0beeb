using System.Globalization;

namespace ResumableDownload.Protocol;

/// <summary>Reads Retry-After (RFC 9110, section 10.2.3): seconds, or a date.</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>How long to wait, counted from <paramref name="now"/> by the server's own clock.</summary>
    public static TimeSpan? Read(string? text, DateTimeOffset now)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(seconds);
        }

        return HttpDate.Read(text) is not { } date ? null : date <= now ? TimeSpan.Zero : date - now < Longest ? date - now : Longest;
    }
}
