using ResumableDownload.Storage;

namespace ResumableDownload.Management;

/// <summary>Finds out when a download is added what could only fail when its turn comes.</summary>
internal static class DestinationCheck
{
    /// <exception cref="DownloadException">It is no path at which a file could be.</exception>
    public static void ThrowIfUnusable(string destination)
    {
        if (Directory.Exists(destination))
        {
            return;
        }

        var isFolder = Path.EndsInDirectorySeparator(destination);
        if (!isFolder && Disk.Physical.ObstacleAt(destination) is { } obstacle && obstacle != Disk.ReadOnly)
        {
            throw new DownloadException(DownloadFailure.DestinationUnusable, $"The destination '{destination}' {obstacle}; nothing was added.");
        }

        var folder = isFolder ? Path.TrimEndingDirectorySeparator(destination) : Path.GetDirectoryName(destination);
        for (; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(folder))
            {
                throw new DownloadException(DownloadFailure.DestinationUnusable, $"'{folder}', which is to hold the destination, is a file; nothing was added.");
            }
        }
    }
}
