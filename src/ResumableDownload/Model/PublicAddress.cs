namespace ResumableDownload.Model;

/// <summary>An address as it may be shown: scheme, host and path. A query or user info may hold a secret.</summary>
internal static class PublicAddress
{
    public static string Of(Uri address) =>
        address.IsAbsoluteUri ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "(relative address)";
}
