using System.Buffers;
using System.Buffers.Text;

namespace ResumableDownload.Storage;

/// <summary>Appends text to a line without making garbage.</summary>
internal readonly ref struct JournalText(Span<byte> line, int length = 0)
{
    private readonly Span<byte> _line = line;

    public int Length { get; } = length;

    public JournalText Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_line[Length..]);
        return new(_line, Length + text.Length);
    }

    public JournalText Add(long number)
    {
        Utf8Formatter.TryFormat(number, _line[Length..], out var written);
        return new(_line, Length + written);
    }

    public JournalText AddHex(ulong value, int digits)
    {
        Utf8Formatter.TryFormat(value, _line[Length..], out var written, new StandardFormat('x', (byte)digits));
        return new(_line, Length + written);
    }
}
