namespace ResumableDownload.Management;

/// <summary>Which failures a network that is gone explains. A strategy of the caller's may have seen it first: a timeout, or a circuit that is open since.</summary>
internal static class NetworkFault
{
    public static bool Is(Exception failure) => failure is DownloadException { Failure: var why } && Is(why);

    public static bool Is(DownloadFailure failure) => failure is DownloadFailure.Connection or DownloadFailure.UnknownHost or DownloadFailure.Rejected;
}
