namespace ResumableDownload.Transfer;

/// <summary>What the caller of one run gives it along.</summary>
/// <param name="Progress">Told of progress.</param>
/// <param name="Watch">Told of attempts.</param>
/// <param name="Bandwidth">A speed limit beside that of the options.</param>
internal sealed record RunHooks(IProgress<DownloadProgress>? Progress, IRunWatch? Watch = null, BandwidthLimit? Bandwidth = null);
