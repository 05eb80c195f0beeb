using System.Diagnostics;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Writes plain lines, for logs and pipes: at most one every two seconds.</summary>
internal sealed class PlainDisplay(TextWriter output) : IProgressDisplay, IProgress<DownloadProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();

    public Task<DownloadResult> ShowAsync(DownloadRequest request, Func<IProgress<DownloadProgress>?, Task<DownloadResult>> download)
    {
        output.WriteLine($"{PublicText.Of(request.Source)} -> {request.Destination}");
        return download(this);
    }

    public void Report(DownloadProgress value)
    {
        lock (_gate)
        {
            if (_sinceLast.Elapsed >= Interval)
            {
                _sinceLast.Restart();
                output.WriteLine(Figures.Line(value));
            }
        }
    }
}
