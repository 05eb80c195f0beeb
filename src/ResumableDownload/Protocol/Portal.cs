using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>Notices a page that answers in place of the file, as the login page of a hotel's network does.</summary>
internal static class Portal
{
    public static ResponseDecision.RetryLater? Notice(Question asked, ResponseFacts answer) =>
        asked.Kept is { } kept && IsPage(answer.ContentType) && !IsPage(kept.Representation.ContentType)
            ? new(DownloadFailure.Intercepted, $"A page ({answer.ContentType}) came in place of the file ({ForeignText.Of(kept.Representation.ContentType ?? "no type")})")
            : null;

    public static bool IsPage(string? type) =>
        type is not null
        && (type.Equals("text/html", StringComparison.OrdinalIgnoreCase) || type.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase));
}
