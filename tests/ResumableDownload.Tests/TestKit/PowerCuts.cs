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

    public static void AssertMarksAreTrue(SimulatedDisk disk, SidecarPaths paths, byte[] content) => AssertMarksAreTrue(disk, paths, _ => content);

    /// <summary>Each claim that rests on a mark is borne out by the bytes of every image, and those are of the version that the journal names.</summary>
    /// <remarks>A whole journal whose commit was cut off speaks of the destination. An image may bring back the journal of a former version.</remarks>
    public static void AssertMarksAreTrue(SimulatedDisk disk, SidecarPaths paths, Func<JournalImage, byte[]> contentOf)
    {
        foreach (var image in Of(disk))
        {
            if (ClaimsOf(image, paths) is { } claims && !IsCommitted(image, paths, claims, contentOf(claims)))
            {
                foreach (var (run, _) in StorageBench.Marked(claims))
                {
                    var (start, length) = ((int)run.Range.Start, (int)run.Range.Length);
                    var there = image.Bytes(paths.Partial) ?? [];
                    Assert.True(there.Length >= start + length && claims.Header.SumKind!.Append(0, there.AsSpan(start, length)) == run.Sum, $"{run.Range} is marked, and the partial file does not bear it out");
                    Assert.True(there.AsSpan(start, length).SequenceEqual(contentOf(claims).AsSpan(start, length)), $"{run.Range} is marked, and is not of its version");
                }
            }
        }
    }

    public static JournalImage? ClaimsOf(SimulatedDisk disk, SidecarPaths paths) =>
        disk.Bytes(paths.Journal) is { } bytes && JournalFold.Read(bytes) is JournalReading.Held { Image: var image } ? image : null;

    private static bool IsCommitted(SimulatedDisk image, SidecarPaths paths, JournalImage claims, byte[] content) =>
        claims.IsWhole && image.Bytes(CommitRecovery.CommittedTo(paths, claims)) is { } there && there.AsSpan().SequenceEqual(content);
}
