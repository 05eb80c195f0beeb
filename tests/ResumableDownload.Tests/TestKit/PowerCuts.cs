using ResumableDownload.Integrity;
using ResumableDownload.Storage;

namespace ResumableDownload.Tests.TestKit;

/// <summary>What a power cut may leave of a volume, and what must hold of each of them.</summary>
internal static class PowerCuts
{
    /// <summary>Everything unsynced lost; everything kept; and some of the states in between.</summary>
    public static IEnumerable<SimulatedDisk> Of(SimulatedDisk disk, int torn = 6, int seed = 0) =>
    [
        disk.AfterPowerCut(Unsynced.Dropped),
        disk.AfterPowerCut(Unsynced.Kept),
        .. Enumerable.Range(seed, torn).Select(number => disk.AfterPowerCut(Unsynced.Torn, number)),
    ];

    /// <summary>Each claim that rests on a mark is borne out by the bytes of every image.</summary>
    /// <remarks>A whole journal whose commit was cut off speaks of the destination. An image may bring back the former journal, with its own version's bytes.</remarks>
    public static void AssertMarksAreTrue(SimulatedDisk disk, SidecarPaths paths, byte[] content)
    {
        var seen = ClaimsOf(disk, paths)?.Header.Generation;
        foreach (var image in Of(disk))
        {
            if (ClaimsOf(image, paths) is not { } claims)
            {
                continue;
            }

            var isCommitted = claims.IsWhole && claims.Runs.All(run => Bears(image.Bytes(paths.Destination), run.Run));
            foreach (var (run, _) in isCommitted ? [] : StorageBench.Marked(claims))
            {
                Assert.True(Bears(image.Bytes(paths.Partial), run), $"{run.Range} is marked, and the partial file does not bear it out");
                Assert.True(claims.Header.Generation != seen || Bears(content, run), $"{run.Range} is marked, and is not of this version");
            }
        }
    }

    private static bool Bears(byte[]? file, SummedRun run) =>
        file?.Length >= run.Range.End && Crc32C.Of(file.AsSpan((int)run.Range.Start, (int)run.Range.Length)) == run.Sum;

    public static JournalImage? ClaimsOf(SimulatedDisk disk, SidecarPaths paths) =>
        disk.Bytes(paths.Journal) is { } bytes && JournalFold.Read(bytes) is JournalReading.Held { Image: var image } ? image : null;
}
