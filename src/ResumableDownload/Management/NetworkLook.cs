namespace ResumableDownload.Management;

/// <summary>What the network was when somebody looked.</summary>
/// <param name="Kind">What there was.</param>
/// <param name="Switches">How often it had been switched by then.</param>
internal readonly record struct NetworkLook(NetworkKind Kind, int Switches);
