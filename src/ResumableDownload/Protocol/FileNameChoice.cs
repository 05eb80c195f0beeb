using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>Which name a file gets in a folder.</summary>
internal static class FileNameChoice
{
    private const string NoName = "download";

    /// <summary>The name that the answer gives (RFC 6266), else the one of the address; always a safe one.</summary>
    public static string Choose(string? contentDisposition, Uri source) =>
        SafeFileName.Of(ContentDisposition.FileNameIn(contentDisposition)) ?? UrlFileName.Of(source) ?? NoName;
}
