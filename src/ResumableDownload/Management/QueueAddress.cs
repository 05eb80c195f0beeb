using ResumableDownload.Model;

namespace ResumableDownload.Management;

/// <summary>An address as text that makes the same address again.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsRaw">Whether it stays as it is: reading it would change an address that was made with <see cref="UriCreationOptions.DangerousDisablePathAndQueryCanonicalization"/>.</param>
internal readonly record struct QueueAddress(string Text, bool IsRaw)
{
    public static QueueAddress Of(Uri uri) => new(uri.OriginalString, IsRaw: new Uri(uri.OriginalString).AbsoluteUri != uri.AbsoluteUri);

    /// <exception cref="FormatException">No request can have it.</exception>
    public Uri ToUri() =>
        WebAddress.Read(Text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = IsRaw }) is { } uri && WebAddress.Is(uri)
            ? uri
            : throw new FormatException("This is no address of a download.");
}
