using ResumableDownload.ConsoleDemo.Reporting;
using ResumableDownload.SampleOrigin;

namespace ResumableDownload.ConsoleDemo.GuidedDemo;

/// <summary>Plays a chapter on an origin of its own, shows the server's log of it, and judges the file.</summary>
internal sealed class ChapterPlay(Chapter chapter, string folder, TextWriter story)
{
    public async Task<(DownloadResult Result, Verdict Verdict)> RunAsync(CancellationToken cancellationToken)
    {
        await using var origin = await Origin.StartAsync(chapter.Script, Chapter.First, cancellationToken);
        var stage = new Stage(origin, Path.Combine(folder, chapter.GetType().Name, "holiday.mp4"), story);
        var result = await chapter.PlayAsync(stage, cancellationToken);
        var verdict = await Verdict.OnAsync(chapter, stage, cancellationToken);
        ShowLog(origin.Log);
        ShowFigures(result, origin.Log);
        ShowVerdict(verdict);
        return (result, verdict);
    }

    private void ShowLog(IReadOnlyList<ServedRequest> log)
    {
        foreach (var served in log)
        {
            var end = served.Sent < served.Length ? $" of {Figures.Bytes(served.Length)}, then the connection ended" : "";
            story.WriteLine($"    {served.Request,-41} -> {served.Status}  {Figures.Bytes(served.Sent),9} sent{end}");
        }
    }

    private void ShowFigures(DownloadResult result, IReadOnlyList<ServedRequest> log)
    {
        var sent = log.Sum(served => (long)served.Sent);
        story.WriteLine($"  Last call: {Figures.Bytes(result.ResumedFrom)} kept from before, {Figures.Bytes(result.Received)} received, "
            + $"{Figures.Count(result.Requests, "request")}, {StartsOf(result)}{ProofOf(result)}.");
        story.WriteLine($"  In all the server sent {Figures.Bytes(sent)} for {Figures.Bytes(result.Length)}: "
            + $"{Figures.Bytes(sent - result.Length)} sent again{(result.StartedOver is [] ? "" : ", because the version before is worth nothing any more")}.");
    }

    private void ShowVerdict(Verdict verdict)
    {
        story.WriteLine($"  SHA-256 of the file {verdict.FileDigest[..16]}, on the server {verdict.ServerDigest[..16]}: "
            + (verdict.DigestsAreEqual ? "equal." : "DIFFERENT."));
        if (!verdict.LogIsRight)
        {
            story.WriteLine($"  NOT AS EXPECTED: the statuses should be {string.Join(' ', chapter.ExpectedStatuses)}, each range under a condition.");
        }

        story.WriteLine();
    }

    private static string ProofOf(DownloadResult result) =>
        result.ProvedBy is [] ? "" : $", proved by {string.Join(", ", result.ProvedBy.Select(Figures.Proof))}";

    private static string StartsOf(DownloadResult result) =>
        result.StartedOver is [] ? "nothing started over" : $"started over: {string.Join(", ", result.StartedOver)}";
}
