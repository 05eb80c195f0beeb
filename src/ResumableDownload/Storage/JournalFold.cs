using ResumableDownload.Integrity;
using ResumableDownload.Model;

namespace ResumableDownload.Storage;

/// <summary>Reads a journal line by line, and stops at the first one that does not hold: a torn tail, a flipped bit, a stale block of the disk.</summary>
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

    private JournalPosition End => _positions[^1];

    public static JournalReading Read(ReadOnlySpan<byte> journal)
    {
        if (journal.IsEmpty)
        {
            return new JournalReading.Absent();
        }

        var lineEnd = journal.IndexOf((byte)'\n');
        var line = lineEnd < 0 ? journal : journal[..lineEnd];
        return JournalHeader.ReadFormat(line) switch
        {
            > JournalHeader.CurrentFormat and { } format => new JournalReading.Newer(format),
            JournalHeader.CurrentFormat when lineEnd >= 0 => FromHeader(journal, line),
            _ => new JournalReading.Damaged(),
        };
    }

    private static JournalReading FromHeader(ReadOnlySpan<byte> journal, ReadOnlySpan<byte> line) =>
        JournalHeader.Read(line) is { SumKind: not null } header && HoldsAsHeader(line, header, out var chain)
            ? new JournalFold(header, new(line.Length + 1, chain)).Fold(journal)
            : new JournalReading.Damaged();

    private static bool HoldsAsHeader(ReadOnlySpan<byte> line, JournalHeader header, out uint chain)
    {
        var proof = JournalLine.ProofOf(line, out var content);
        chain = Crc32C.Append(JournalLine.Seed(header.Generation), content);
        return proof == chain;
    }

    private JournalReading.Held Fold(ReadOnlySpan<byte> journal)
    {
        while (journal[(int)End.Offset..].IndexOf((byte)'\n') is var length and >= 0 && Accept(journal.Slice((int)End.Offset, length)))
        {
        }

        var image = new JournalImage
        {
            Header = _header,
            Length = _length,
            Lessons = _lessons,
            Target = _target,
            Runs = _runs,
            Received = _received,
            Flushed = _flushed,
            End = End,
        };
        return new(image, End.Offset < journal.Length);
    }

    private bool Accept(ReadOnlySpan<byte> line)
    {
        var proof = JournalLine.ProofOf(line, out var content);
        var next = new JournalPosition(End.Offset + line.Length + 1, Crc32C.Append(End.Chain, content));
        if (proof != next.Chain || JournalLine.Read(content, _header.SumKind!) is not { } entry || !Apply(entry, next.Offset))
        {
            return false;
        }

        _positions.Add(next);
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
