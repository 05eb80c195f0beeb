namespace ResumableDownload.Model;

/// <summary>Which addresses a request can go to.</summary>
internal static class WebAddress
{
    /// <summary>Whether it is an absolute http or https address of a host that has a name.</summary>
    public static bool Is(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && HasHost(address);

    /// <summary>Reads what may be relative to another address; <see langword="null"/> when it is none that .NET can read.</summary>
    public static Uri? Read(Uri from, string text) => Read(() => Uri.TryCreate(from, text, out var address) ? address : null);

    /// <summary>Reads an absolute address; <see langword="null"/> when it is none that .NET can read.</summary>
    public static Uri? Read(string text, UriCreationOptions options) => Read(() => Uri.TryCreate(text, options, out var address) ? address : null);

    private static Uri? Read(Func<Uri?> read)
    {
        try
        {
            return read();
        }
        catch (IndexOutOfRangeException)
        {
            // .NET's parser fails so on a host of nothing but marks of direction, as file://U+202E.
            return null;
        }
    }

    // The parser takes hosts that can have no name, as xn--ü, and only whoever wants it is told.
    private static bool HasHost(Uri address)
    {
        try
        {
            return address.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }
}
