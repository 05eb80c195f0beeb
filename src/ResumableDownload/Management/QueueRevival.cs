using Microsoft.Extensions.Logging;

namespace ResumableDownload.Management;

/// <summary>Makes requests of what a state file tells.</summary>
internal static class QueueRevival
{
    /// <exception cref="ArgumentException">There is no address, or another destination.</exception>
    public static List<(SavedDownload Saved, DownloadRequest Request, long Order)> Of(QueueFile file, Func<SavedDownload, DownloadRequest?>? revive, ILogger logger)
    {
        var revived = new List<(SavedDownload Saved, DownloadRequest Request, long Order)>();
        foreach (var (saved, order) in file.Saved)
        {
            if (Revive(saved, revive) is { } request)
            {
                revived.Add((saved, request, order));
            }
            else
            {
                file.End(saved.Id);
            }
        }

        if (file.IsDamaged)
        {
            ManagerLog.DamagedState(logger, file.Path, revived.Count);
        }

        ManagerLog.Restored(logger, revived.Count, file.Path);
        return revived;
    }

    private static DownloadRequest? Revive(SavedDownload saved, Func<SavedDownload, DownloadRequest?>? revive)
    {
        if (revive is null)
        {
            return saved.Source is not null
                ? saved.ToRequest()
                : throw new ArgumentException("The state file holds no addresses; a function must bring them back.", nameof(revive));
        }

        var request = revive(saved);
        return request is null || DestinationKey.Comparer.Equals(request.Destination, saved.Destination)
            ? request
            : throw new ArgumentException($"What was saved for '{saved.Destination}' must not be revived for '{request.Destination}'.", nameof(revive));
    }
}
