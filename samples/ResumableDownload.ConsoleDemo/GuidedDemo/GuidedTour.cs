using System.Diagnostics;
using System.Net;
using ResumableDownload.ConsoleDemo.Reporting;

namespace ResumableDownload.ConsoleDemo.GuidedDemo;

/// <summary>The demo that needs no network: five chapters against a server in this process, in a folder that is gone afterwards.</summary>
internal static class GuidedTour
{
    public static Task<Report> RunAsync(TextWriter story, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var soFar = () => Report.Unfinished(path: null, latest: null, clock.Elapsed);
        return Guard.RunAsync(
            async () => await PlayAllAsync(story, cancellationToken) is { } last
                ? Report.Of(last) with { Path = null }
                : soFar().Failed("NotRight", "The guided demo found something that is not right."),
            soFar,
            cancellationToken);
    }

    /// <returns>The last chapter's result, or nothing when any chapter did not end as it must.</returns>
    private static async Task<DownloadResult?> PlayAllAsync(TextWriter story, CancellationToken cancellationToken)
    {
        // A proxy that the environment names is not for a server in this process.
        HttpClient.DefaultProxy = new WebProxy();
        var folder = Directory.CreateTempSubdirectory("resumable-download-demo-");
        try
        {
            return await PlayAllInAsync(folder.FullName, story, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<DownloadResult?> PlayAllInAsync(string folder, TextWriter story, CancellationToken cancellationToken)
    {
        Chapter[] chapters = [new DropsChapter(), new InterruptionChapter(), new ChangeChapter(), new OssChapter(), new SignedAddressChapter()];
        DownloadResult? last = null;
        var right = true;
        foreach (var (number, chapter) in chapters.Index())
        {
            story.WriteLine($"{number + 1}. {chapter.Title}");
            (last, var verdict) = await new ChapterPlay(chapter, folder, story).RunAsync(cancellationToken);
            right &= verdict.IsRight;
        }

        return right ? last : null;
    }
}
