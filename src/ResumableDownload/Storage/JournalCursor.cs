using System.Buffers.Text;

namespace ResumableDownload.Storage;

/// <summary>Reads the canonical text of a line from left to right.</summary>
internal ref struct JournalCursor(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public bool Skip(ReadOnlySpan<byte> expected)
    {
        if (!_rest.StartsWith(expected))
        {
            return false;
        }

        _rest = _rest[expected.Length..];
        return true;
    }

    /// <summary>A number that is not negative.</summary>
    public bool Number(out long value) => Utf8Parser.TryParse(_rest, out value, out var used) && value >= 0 && Advance(used);

    /// <summary>So many hexadecimal digits.</summary>
    public bool Hex(int digits, out ulong value)
    {
        value = 0;
        return _rest.Length >= digits && Utf8Parser.TryParse(_rest[..digits], out value, out var used, 'x') && used == digits && Advance(used);
    }

    /// <summary>Everything that is left.</summary>
    public ReadOnlySpan<byte> Rest()
    {
        var rest = _rest;
        Advance(rest.Length);
        return rest;
    }

    /// <summary>Everything up to the next quotation mark.</summary>
    public ReadOnlySpan<byte> Word()
    {
        var end = _rest.IndexOf((byte)'"');
        var word = end < 0 ? default : _rest[..end];
        Advance(word.Length);
        return word;
    }

    private bool Advance(int count)
    {
        _rest = _rest[count..];
        return true;
    }
}
