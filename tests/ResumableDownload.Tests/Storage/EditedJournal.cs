using System.Text;
using ResumableDownload.Integrity;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>Makes of a journal what a library without one of its precautions would have written, or believed.</summary>
internal static class EditedJournal
{
    /// <summary>Each mark speaks of all lines before it, as if the place were noted after the fsync.</summary>
    public static void LateMarks(PowerCutMoment moment, SimulatedDisk image) =>
        Rewrite(image, moment, static (line, offset) => line.StartsWith("{\"flushed\":", StringComparison.Ordinal) ? $"{{\"flushed\":{offset}" : line);

    /// <summary>Everything is marked, as if what is not were believed without a look.</summary>
    public static void AllMarked(PowerCutMoment moment, SimulatedDisk image) => Rewrite(image, moment, static (line, _) => line, marksAll: true);

    /// <summary>Where a block of the journal did not reach the disk, there is what the former journal had there.</summary>
    public static void StaleBlocks(PowerCutMoment moment, SimulatedDisk image)
    {
        if (JournalOf(moment, image) is var (path, journal) && moment.FormerJournal.Length > 0)
        {
            var stale = journal.Select((letter, at) => letter == 0 && at < moment.FormerJournal.Length ? moment.FormerJournal[at] : letter).ToArray();
            image.Put(path, stale);
        }
    }

    /// <summary>The same, and the proofs hold, as if nobody looked at them.</summary>
    public static void StaleBlocksUnproved(PowerCutMoment moment, SimulatedDisk image)
    {
        StaleBlocks(moment, image);
        Rewrite(image, moment, static (line, _) => line);
    }

    private static void Rewrite(SimulatedDisk image, PowerCutMoment moment, Func<string, long, string> edit, bool marksAll = false)
    {
        if (JournalOf(moment, image) is not var (path, journal) || JournalHeader.Read(ProvedLines.First(journal, out _)) is not { } header)
        {
            return;
        }

        var (bytes, chain) = (new List<byte>(), JournalLine.Seed(header.Generation));
        foreach (var line in Encoding.Latin1.GetString(journal).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ContentOf).TakeWhile(static line => line is not null).Append(marksAll ? "{\"flushed\":" : null))
        {
            if (line is not null)
            {
                var content = Encoding.Latin1.GetBytes(edit(line == "{\"flushed\":" ? $"{line}{bytes.Count}" : line, bytes.Count));
                var ending = new byte[JournalLine.EndingLength];
                JournalLine.WriteEnding(chain = Crc32C.Append(chain, content), ending);
                bytes.AddRange([.. content, .. ending]);
            }
        }

        image.Put(path, [.. bytes]);
    }

    private static (string Path, byte[] Journal)? JournalOf(PowerCutMoment moment, SimulatedDisk image) =>
        moment.Disk.Names.Concat(image.Names).FirstOrDefault(static name => name.EndsWith(".checkpoint", StringComparison.Ordinal)) is { } path && image.Bytes(path) is { Length: > 0 } journal ? (path, journal) : null;

    // A line that is whole to the eye: it has a proof, whatever that says.
    private static string? ContentOf(string line) => line.Length > JournalLine.EndingLength && line.EndsWith("\"}", StringComparison.Ordinal) ? line[..^(JournalLine.EndingLength - 1)] : null;
}
