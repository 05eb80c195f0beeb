using ResumableDownload.Integrity;
using ResumableDownload.Model;

namespace ResumableDownload.Storage;

/// <summary>A place between two lines of a journal, and the proof at it.</summary>
internal readonly record struct JournalPosition(long Offset, uint Chain);

/// <summary>A run that a journal claims, and where its line ends.</summary>
internal readonly record struct JournaledRun(SummedRun Run, long LineEnd);

/// <summary>What a journal claims, as far as its lines hold.</summary>
/// <param name="Header">The first line.</param>
/// <param name="Length">The whole length, when a line tells it.</param>
/// <param name="Traits">What was learned of the origin.</param>
/// <param name="Runs">The runs, in the order of the lines.</param>
/// <param name="Received">The same runs as a set.</param>
/// <param name="Flushed">Lines before this were on stable storage.</param>
/// <param name="End">Where the lines that hold end.</param>
internal sealed record JournalImage(
    JournalHeader Header,
    long? Length,
    OriginTraits Traits,
    IReadOnlyList<JournaledRun> Runs,
    ByteRangeSet Received,
    JournalPosition Flushed,
    JournalPosition End)
{
    public bool IsWhole => Length is { } length && Received.Covers(length);
}
