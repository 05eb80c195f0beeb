namespace ResumableDownload.Planning;

/// <summary>What the ramp judges by.</summary>
/// <param name="Now">Since the first body byte of this generation's run.</param>
/// <param name="Delivered">Bytes that all connections have brought since then.</param>
/// <param name="Delivering">How many connections' bodies are delivering now.</param>
/// <param name="Left">How many bytes are missing.</param>
/// <param name="Setup">Connection set-up plus time to first byte.</param>
/// <param name="Most">How many connections the settings and the server allow.</param>
internal readonly record struct RampView(TimeSpan Now, long Delivered, int Delivering, long Left, TimeSpan Setup, int Most);
