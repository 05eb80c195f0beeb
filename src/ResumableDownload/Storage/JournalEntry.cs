using ResumableDownload.Integrity;
using ResumableDownload.Model;

namespace ResumableDownload.Storage;

/// <summary>A line of a journal after its header. A closed set.</summary>
internal abstract record JournalEntry
{
    private JournalEntry()
    {
    }

    /// <summary>The whole length, once it is known.</summary>
    public sealed record Length(long Bytes) : JournalEntry;

    /// <summary>Something learned of the origin, and when, in seconds of Unix time.</summary>
    public sealed record Trait(OriginTraits Traits, long Learned) : JournalEntry;

    /// <summary>A run that was written, and its sum.</summary>
    public sealed record Received(SummedRun Run) : JournalEntry;

    /// <summary>The name in the destination's folder that the whole file is about to get.</summary>
    public sealed record Target(string Name) : JournalEntry;

    /// <summary>All lines before this offset of the journal are on stable storage.</summary>
    public sealed record Flushed(long Offset) : JournalEntry;
}
