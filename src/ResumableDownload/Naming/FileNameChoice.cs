namespace ResumableDownload.Naming;

/// <summary>Which name a file gets in a folder.</summary>
internal static class FileNameChoice
{
    private const string NoName = "download";

    /// <summary>The safe form of the name that an answer gives (RFC 6266); <see langword="null"/> when it gives none that can be used.</summary>
    public static string? OfAnswer(string? contentDisposition) => SafeFileName.Of(ContentDisposition.FileNameIn(contentDisposition));

    /// <summary>The safe name of an address.</summary>
    public static string OfAddress(Uri source) => UrlFileName.Of(source) ?? NoName;
}
