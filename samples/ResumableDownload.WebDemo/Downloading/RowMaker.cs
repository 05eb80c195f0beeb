namespace ResumableDownload.WebDemo.Downloading;

/// <summary>Makes rows of what the manager tells.</summary>
internal static class RowMaker
{
    /// <summary>How a download stands after an event.</summary>
    /// <param name="notice">The event.</param>
    /// <param name="before">How it stood, if it was there.</param>
    public static Row Of(DownloadEvent notice, Row? before)
    {
        var row = Begin(notice, before ?? First(notice));
        return notice switch
        {
            { Progress: { } progress } => Finish(notice, With(row, progress)),
            _ => Finish(notice, row),
        };
    }

    private static Row First(DownloadEvent notice)
    {
        var request = notice.Download.Request;
        var row = new Row { Id = notice.Download.Id, Name = ShownText.NameOf(request.Source), Address = ShownText.AddressOf(request.Source), State = notice.To };
        return notice.Progress is null && Kept(request) is { } kept ? row with { Received = kept.Received, Total = kept.Total, KeptFromBefore = kept.Received } : row;
    }

    // A row that failed before keeps its words: of a failure before a restart the manager knows no more than that there was one.
    private static Row Begin(DownloadEvent notice, Row row) => row with
    {
        State = notice.To,
        Priority = notice.Download.Priority,
        BytesPerSecond = 0,
        SecondsLeft = null,
        Connections = 0,
        Verified = null,
        Failure = notice.To != DownloadState.Failed ? null : row.Failure ?? notice.Failure?.Message,
    };

    private static Row With(Row row, DownloadProgress progress)
    {
        var shown = row with { Received = progress.Received, Total = progress.Total, KeptFromBefore = progress.ResumedFrom, StartedOver = progress.StartedOver };
        return row.State != DownloadState.Running ? shown : shown with
        {
            BytesPerSecond = progress.BytesPerSecond,
            SecondsLeft = progress.TimeLeft?.TotalSeconds,
            Connections = progress.Connections,
            Verified = progress.Verified,
        };
    }

    private static Row Finish(DownloadEvent notice, Row row) => notice switch
    {
        { To: DownloadState.Completed, Result: { } result } => row with
        {
            Name = Path.GetFileName(result.Path),
            Received = result.Length,
            Total = result.Length,
            KeptFromBefore = result.ResumedFrom,
            StartedOver = result.StartedOver.Count,
            ProvedBy = [.. result.ProvedBy.Select(static proof => proof.Source)],
        },

        // What came was deleted with it.
        { To: DownloadState.Cancelled } => row with { Received = 0, KeptFromBefore = 0 },
        _ => row,
    };

    // Of a download that a restart brought back, and which has not run since.
    private static UnfinishedDownload? Kept(DownloadRequest request)
    {
        try
        {
            return ResumableDownloader.Inspect(request);
        }
        catch (DownloadException)
        {
            // It says so itself when its turn comes.
            return null;
        }
    }
}
