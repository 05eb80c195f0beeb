namespace ResumableDownload.Transfer;

/// <summary>What one run has counted so far. Requests and bytes are counted by all connections.</summary>
internal sealed class Tally
{
    private int _requests;
    private long _fetched;
    private int _connections;

    public int Requests => Volatile.Read(ref _requests);

    public int Attempts { get; private set; }

    public long Fetched => Interlocked.Read(ref _fetched);

    /// <summary>How many bodies are being received now.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Kept bytes of earlier runs that are still in use.</summary>
    public long ResumedFrom { get; set; }

    public int StartedOver { get; set; }

    public void CountRequest() => Interlocked.Increment(ref _requests);

    public void BeginBody()
    {
        Interlocked.Increment(ref _connections);
        Telemetry.Connections.Add(1);
    }

    public void EndBody()
    {
        Interlocked.Decrement(ref _connections);
        Telemetry.Connections.Add(-1);
    }

    /// <summary>Told when new bytes are on the disk.</summary>
    public Action? OnGain { get; set; }

    public void CountAttempt() => Attempts++;

    public void CountFetched(int bytes)
    {
        Interlocked.Add(ref _fetched, bytes);
        Telemetry.Received.Add(bytes);
    }
}
