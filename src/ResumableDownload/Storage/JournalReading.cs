namespace ResumableDownload.Storage;

/// <summary>The outcome of reading a journal. A closed set.</summary>
internal abstract record JournalReading
{
    private JournalReading()
    {
    }

    /// <summary>There is none, or an empty one.</summary>
    public sealed record Absent : JournalReading;

    /// <summary>Not even its first line holds.</summary>
    public sealed record Damaged : JournalReading;

    /// <summary>A later version of this library wrote it.</summary>
    public sealed record Newer(int Format) : JournalReading;

    /// <summary>It holds, at least in part.</summary>
    /// <param name="Image">What it claims.</param>
    /// <param name="IsCutOff">Whether lines at its end did not hold.</param>
    public sealed record Held(JournalImage Image, bool IsCutOff) : JournalReading;
}
