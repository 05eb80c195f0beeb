using ResumableDownload.Storage;

namespace ResumableDownload.Management;

/// <summary>The outcome of reading a queue file. A closed set.</summary>
internal abstract record QueueReading
{
    private QueueReading()
    {
    }

    /// <summary>There is none, or an empty one.</summary>
    public sealed record Absent : QueueReading;

    /// <summary>Not even its first line holds.</summary>
    public sealed record Damaged : QueueReading;

    /// <summary>A later version of this library wrote it.</summary>
    public sealed record Newer(int Format) : QueueReading;

    /// <summary>It holds, at least in part.</summary>
    /// <param name="Content">What its lines leave, as far as they hold.</param>
    /// <param name="End">Where they end.</param>
    /// <param name="IsCutOff">Whether lines at its end did not hold.</param>
    public sealed record Held(QueueContent Content, JournalPosition End, bool IsCutOff) : QueueReading;

    /// <summary>Reads the bytes of a file.</summary>
    public static QueueReading Of(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            return new Absent();
        }

        var line = ProvedLines.First(file, out var isWhole);
        return JournalFormat.Read(line, QueueHeader.CurrentFormat) switch
        {
            > QueueHeader.CurrentFormat and { } format => new Newer(format),
            QueueHeader.CurrentFormat when isWhole && QueueHeader.Read(line) is { } header && ProvedLines.EndOfFirst(line, header.Generation) is { } end => Of(file, end),
            _ => new Damaged(),
        };
    }

    private static Held Of(ReadOnlySpan<byte> file, JournalPosition start)
    {
        var content = new QueueContent();
        var from = start.Offset;
        var end = ProvedLines.Walk(file, start, (line, lineEnd) =>
        {
            var length = (int)(lineEnd.Offset - from);
            from = lineEnd.Offset;
            if (QueueText.Read(line) is not { } entry || !content.CanApply(entry))
            {
                return false;
            }

            content.Apply(entry, length);
            return true;
        });
        return new(content, end, end.Offset < file.Length);
    }
}
