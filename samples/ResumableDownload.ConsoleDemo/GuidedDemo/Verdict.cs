using System.Security.Cryptography;
using ResumableDownload.SampleOrigin;

namespace ResumableDownload.ConsoleDemo.GuidedDemo;

/// <summary>Whether a chapter ended as it must, judged by the file on disk and the server's own log.</summary>
internal sealed record Verdict(string FileDigest, string ServerDigest, bool LogIsRight)
{
    public bool DigestsAreEqual => FileDigest == ServerDigest;

    public bool IsRight => DigestsAreEqual && LogIsRight;

    public static async Task<Verdict> OnAsync(Chapter chapter, Stage stage, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(stage.Destination);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        return new(digest, stage.Origin.Version.Digest, IsAsExpected(stage.Origin.Log, chapter.ExpectedStatuses));
    }

    // A range without a condition would be luck, whatever came of it.
    private static bool IsAsExpected(IReadOnlyList<ServedRequest> log, IReadOnlyList<int> statuses) =>
        log.Select(served => served.Status).SequenceEqual(statuses) && log.All(served => served.IsConditional == (served.Request != "GET"));
}
