namespace ResumableDownload.Storage;

/// <summary>Turns the system's errors into failures, so that a full disk, which is an IOException too, is never taken for the network's fault.</summary>
internal static class StorageFault
{
    public static bool Is(Exception exception) => exception is (IOException and not DownloadException) or UnauthorizedAccessException or NotSupportedException;

    /// <summary>Somebody else holds the file.</summary>
    public static bool IsSharing(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021)
        : exception.HResult is 11 or 35; // EWOULDBLOCK: Linux, macOS

    /// <param name="exception">What the system says.</param>
    /// <param name="path">The destination.</param>
    /// <param name="missing">How many bytes are not there yet, where that is known.</param>
    public static DownloadException Of(Exception exception, string path, long? missing = null) => exception switch
    {
        IOException sharing when IsSharing(sharing) => Named(DownloadFailure.InUse, $"Something else writes to '{path}'", exception),
        UnauthorizedAccessException or DirectoryNotFoundException or PathTooLongException or NotSupportedException =>
            Named(DownloadFailure.DestinationUnusable, $"'{path}' cannot be written", exception),
        _ when IsFull(exception.HResult) => Named(DownloadFailure.DiskFull, $"There is no space left for '{path}'{(missing is { } bytes ? $": {bytes} bytes are missing" : "")}", exception),
        _ when IsReadOnly(exception.HResult) => Named(DownloadFailure.DestinationUnusable, $"'{path}' cannot be written", exception),
        _ => Named(DownloadFailure.Storage, $"The disk failed at '{path}'", exception),
    };

    private static DownloadException Named(DownloadFailure failure, string what, Exception exception) =>
        new(failure, $"{what} ({OneLine(exception.Message)})", exception);

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');

    private static bool IsFull(int code) => OperatingSystem.IsWindows()
        ? code is unchecked((int)0x80070070) or unchecked((int)0x80070027)
        : code is 28 or 122 or 69; // ENOSPC; EDQUOT: Linux, macOS

    private static bool IsReadOnly(int code) => !OperatingSystem.IsWindows() && code is 30; // EROFS
}
