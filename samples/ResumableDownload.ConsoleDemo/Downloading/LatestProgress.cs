namespace ResumableDownload.ConsoleDemo.Downloading;

/// <summary>Remembers the last report, for the figures of a download that did not become whole, and passes each one on.</summary>
/// <remarks><see cref="Progress{T}"/> would post reports to the pool, where the last one may come too late.</remarks>
internal sealed class LatestProgress : IProgress<DownloadProgress>
{
    private volatile DownloadProgress? _value;
    private volatile IProgress<DownloadProgress>? _next;

    public DownloadProgress? Value => _value;

    public LatestProgress PassingOnTo(IProgress<DownloadProgress>? next)
    {
        _next = next;
        return this;
    }

    public void Report(DownloadProgress value)
    {
        _value = value;
        _next?.Report(value);
    }
}
