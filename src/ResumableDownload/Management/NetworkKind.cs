namespace ResumableDownload;

/// <summary>What is known of the network that the machine has now.</summary>
public enum NetworkKind
{
    /// <summary>There may be one, and nothing is known of what it costs.</summary>
    Unknown,

    /// <summary>There is none but the loopback.</summary>
    None,

    /// <summary>Bytes cost money, or there is only so much of them: mobile data, a phone's hotspot, a connection that was marked so.</summary>
    Metered,

    /// <summary>Bytes cost nothing.</summary>
    Unmetered,
}
