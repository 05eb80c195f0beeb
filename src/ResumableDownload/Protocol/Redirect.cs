using System.Globalization;
using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>Where a redirect leads, or why it is not followed.</summary>
/// <param name="Target">The next address; <see langword="null"/> when it is refused.</param>
/// <param name="Refusal">Why it is refused, as a sentence.</param>
internal readonly record struct Redirect(Uri? Target, string? Refusal)
{
    private const int MostHops = 20;

    private const string NoLocation = "The server redirected without a usable Location";

    public static bool Is(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <summary>Judges one hop. HttpClient's own loop would follow ftp: as HTTP, and carry cookies and keys to any host.</summary>
    public static Redirect Judge(Uri from, string? location, int hops)
    {
        if (hops >= MostHops)
        {
            return Refuse(string.Create(CultureInfo.InvariantCulture, $"The server redirected more than {MostHops} times"));
        }

        if (string.IsNullOrEmpty(location) || WebAddress.Read(from, location) is not { } target)
        {
            return Refuse(NoLocation);
        }

        return target.Scheme switch
        {
            "https" or "http" when !WebAddress.Is(target) => Refuse(NoLocation),
            "https" => new(target, null),
            "http" when from.Scheme == "http" => new(target, null),
            "http" => Refuse("The server redirected from https to http"),
            _ => Refuse($"The server redirected to an address of the scheme '{ForeignText.Of(target.Scheme)}'"),
        };
    }

    /// <summary>Whether two addresses are of one origin (RFC 6454), so that credentials for one may go to the other.</summary>
    public static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static Redirect Refuse(string why) => new(null, why);
}
