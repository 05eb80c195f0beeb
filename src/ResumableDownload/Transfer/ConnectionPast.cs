namespace ResumableDownload.Transfer;

/// <summary>What is known of a connection by the range that it brought last.</summary>
/// <param name="Speed">Bytes per second; zero when it brought none.</param>
/// <param name="IsWarm">Whether its body was read to the end, so that the connection serves once more, as quick as it was. One that was stopped before is closed.</param>
internal readonly record struct ConnectionPast(double Speed, bool IsWarm);
