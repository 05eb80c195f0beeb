namespace ResumableDownload.Transfer;

/// <summary>What one run has counted so far.</summary>
internal sealed class Tally
{
    public int Requests { get; private set; }

    public int Attempts { get; private set; }

    public long Fetched { get; private set; }

    /// <summary>Kept bytes of earlier runs that are still in use.</summary>
    public long ResumedFrom { get; set; }

    public int StartedOver { get; set; }

    public void CountRequest() => Requests++;

    public void CountAttempt() => Attempts++;

    public void CountFetched(int bytes) => Fetched += bytes;
}
