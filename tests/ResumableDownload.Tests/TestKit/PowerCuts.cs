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
    public static void AssertMarksAreTrue(SimulatedDisk disk, SidecarPaths paths, byte[] content)
    {
        foreach (var image in Of(disk))
        {
            foreach (var (run, _) in ClaimsOf(image, paths) is { } claims ? StorageBench.Marked(claims) : [])
            {
                var kept = image.Bytes(paths.Partial) ?? image.Bytes(paths.Destination);
                Assert.True(kept?.Length >= run.Range.End, $"{run.Range} is marked, and the file has {kept?.Length} bytes");
                Assert.Equal(run.Sum, Crc32C.Of(kept.AsSpan((int)run.Range.Start, (int)run.Range.Length)));
                Assert.Equal(run.Sum, Crc32C.Of(content.AsSpan((int)run.Range.Start, (int)run.Range.Length)));
            }
        }
    }

    public static JournalImage? ClaimsOf(SimulatedDisk disk, SidecarPaths paths) =>
        disk.Bytes(paths.Journal) is { } bytes && JournalFold.Read(bytes) is JournalReading.Held { Image: var image } ? image : null;
}
