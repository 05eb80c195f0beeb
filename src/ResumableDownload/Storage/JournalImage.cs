using ResumableDownload.Integrity;
using ResumableDownload.Model;

namespace ResumableDownload.Storage;

/// <summary>A place between two lines of a journal, and the proof at it.</summary>
internal readonly record struct JournalPosition(long Offset, uint Chain);

/// <summary>A run that a journal claims, and where its line ends.</summary>
internal readonly record struct JournaledRun(SummedRun Run, long LineEnd);

/// <summary>What a journal claims, as far as its lines hold.</summary>
internal sealed record JournalImage
{
    /// <summary>The first line.</summary>
    public required JournalHeader Header { get; init; }

    /// <summary>The whole length, when a line tells it.</summary>
    public required long? Length { get; init; }

    /// <summary>What was learned of the origin, in the order of the lines.</summary>
    public required IReadOnlyList<JournalEntry.Trait> Lessons { get; init; }

    /// <summary>The name that a commit was about to give the file; <see langword="null"/> when that was the destination's own.</summary>
    public string? Target { get; init; }

    /// <summary>The runs, in the order of the lines.</summary>
    public required IReadOnlyList<JournaledRun> Runs { get; init; }

    /// <summary>The same runs as a set.</summary>
    public required ByteRangeSet Received { get; init; }

    /// <summary>What the lines before this claim was on stable storage.</summary>
    public required JournalPosition Flushed { get; init; }

    /// <summary>Where the lines that hold end.</summary>
    public required JournalPosition End { get; init; }

    /// <summary>What was learned of the origin and still counts.</summary>
    public OriginTraits TraitsAt(DateTimeOffset now) => Lessons
        .Where(lesson => OriginTrait.IsCurrent(lesson.Traits, lesson.Learned, now))
        .Aggregate(OriginTraits.None, static (all, lesson) => all | lesson.Traits);

    public bool IsWhole => Length is { } length && Received.Covers(length);
}
