using Microsoft.Extensions.Logging;

namespace ResumableDownload.Management;

/// <summary>What a manager logs, beside what each download does.</summary>
internal static partial class ManagerLog
{
    [LoggerMessage(40, LogLevel.Error, "A listener of the download {Id} failed.")]
    public static partial void ListenerFailed(ILogger logger, Guid id, Exception exception);

    [LoggerMessage(41, LogLevel.Information, "The network is {Kind} now.")]
    public static partial void NetworkSwitched(ILogger logger, NetworkKind kind);

    [LoggerMessage(42, LogLevel.Error, "The network monitor failed; downloads go on without it.")]
    public static partial void MonitorFailed(ILogger logger, Exception exception);

    [LoggerMessage(43, LogLevel.Error, "The state of the download {Id} could not be written to the state file.")]
    public static partial void StateNotKept(ILogger logger, Guid id, Exception exception);

    [LoggerMessage(44, LogLevel.Warning, "The state file {Path} is damaged; what it still proves is used, {Count} downloads.")]
    public static partial void DamagedState(ILogger logger, string path, int count);

    [LoggerMessage(45, LogLevel.Information, "{Count} downloads were brought back from {Path}.")]
    public static partial void Restored(ILogger logger, int count, string path);

    [LoggerMessage(46, LogLevel.Debug, "Download {Id}: {From} -> {To}.")]
    public static partial void StateChanged(ILogger logger, Guid id, DownloadState from, DownloadState to);
}
