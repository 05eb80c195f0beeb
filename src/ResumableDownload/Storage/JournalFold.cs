using ResumableDownload.Integrity;
using ResumableDownload.Model;

namespace ResumableDownload.Storage;

/// <summary>Reads a journal line by line, as far as its lines hold.</summary>
internal sealed class JournalFold
{
    private readonly JournalHeader _header;
    private readonly List<JournalPosition> _positions;
    private readonly List<JournaledRun> _runs = [];
    private readonly List<JournalEntry.Trait> _lessons = [];
    private ByteRangeSet _received = ByteRangeSet.Empty;
    private long? _length;
    private string? _target;
    private JournalPosition _flushed;

    private JournalFold(JournalHeader header, JournalPosition afterHeader)
    {
        (_header, _flushed) = (header, afterHeader);
        _positions = [afterHeader];
    }

    public static JournalReading Read(ReadOnlySpan<byte> journal)
    {
        if (journal.IsEmpty)
        {
            return new JournalReading.Absent();
        }

        var line = ProvedLines.First(journal, out var isWhole);
        return JournalFormat.Read(line, JournalHeader.CurrentFormat) switch
        {
            > JournalHeader.CurrentFormat and { } format => new JournalReading.Newer(format),
            JournalHeader.CurrentFormat when isWhole => FromHeader(journal, line),
            _ => new JournalReading.Damaged(),
        };
    }

    private static JournalReading FromHeader(ReadOnlySpan<byte> journal, ReadOnlySpan<byte> line) =>
        JournalHeader.Read(line) is { SumKind: not null } header && ProvedLines.EndOfFirst(line, header.Generation) is { } afterHeader
            ? new JournalFold(header, afterHeader).Fold(journal)
            : new JournalReading.Damaged();

    private JournalReading.Held Fold(ReadOnlySpan<byte> journal)
    {
        var end = ProvedLines.Walk(journal, _positions[0], Accept);
        var image = new JournalImage
        {
            Header = _header,
            Length = _length,
            Lessons = _lessons,
            Target = _target,
            Runs = _runs,
            Received = _received,
            Flushed = _flushed,
            End = end,
        };
        return new(image, end.Offset < journal.Length);
    }

    private bool Accept(ReadOnlySpan<byte> content, JournalPosition end)
    {
        if (JournalLine.Read(content, _header.SumKind!) is not { } entry || !Apply(entry, end.Offset))
        {
            return false;
        }

        _positions.Add(end);
        return true;
    }

    // A line that holds but says what our writer never says is not believed either.
    private bool Apply(JournalEntry entry, long lineEnd) => entry switch
    {
        JournalEntry.Length { Bytes: var bytes } => Note(bytes),
        JournalEntry.Trait lesson => Note(lesson),
        JournalEntry.Received { Run: var run } => Note(run, lineEnd),
        JournalEntry.Target { Name: var name } => Note(name),
        JournalEntry.Flushed { Offset: var offset } => NoteFlushed(offset),
        _ => false,
    };

    private bool Note(long length)
    {
        if (length < _received.End || (_length is { } known && known != length))
        {
            return false;
        }

        _length = length;
        return true;
    }

    private bool Note(string target)
    {
        _target = target;
        return true;
    }

    private bool Note(JournalEntry.Trait lesson)
    {
        _lessons.Add(lesson);
        return true;
    }

    private bool Note(SummedRun run, long lineEnd)
    {
        if (run.Range.IsEmpty || _received.Overlaps(run.Range) || run.Range.End > (_length ?? long.MaxValue))
        {
            return false;
        }

        _runs.Add(new(run, lineEnd));
        _received = _received.Add(run.Range);
        return true;
    }

    private bool NoteFlushed(long offset)
    {
        var index = _positions.BinarySearch(new(offset, 0), ByOffset);
        if (index < 0 || offset < _flushed.Offset)
        {
            return false;
        }

        _flushed = _positions[index];
        return true;
    }

    private static readonly Comparer<JournalPosition> ByOffset = Comparer<JournalPosition>.Create(static (one, other) => one.Offset.CompareTo(other.Offset));
}
