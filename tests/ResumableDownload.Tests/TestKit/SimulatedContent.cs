namespace ResumableDownload.Tests.TestKit;

/// <summary>A change of a file's content: bytes at an offset, or a new length.</summary>
internal sealed record ContentChange(long Offset, byte[]? Bytes);

/// <summary>The content of a simulated file.</summary>
internal sealed class SimulatedContent
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public static SimulatedContent Of(ReadOnlySpan<byte> bytes)
    {
        var content = new SimulatedContent();
        content.Apply(new ContentChange(0, bytes.ToArray()));
        return content;
    }

    public SimulatedContent Copy() => Of(Span);

    public void Apply(ContentChange change)
    {
        if (change.Bytes is not { } bytes)
        {
            Resize((int)change.Offset);
            return;
        }

        var end = (int)change.Offset + bytes.Length;
        if (end > Length)
        {
            Resize(end);
        }

        bytes.CopyTo(_bytes, change.Offset);
    }

    private void Resize(int length)
    {
        if (length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(length, 2 * _bytes.Length));
        }

        // What lies behind the end reads as zeros if the file grows again.
        _bytes.AsSpan(length, Math.Max(0, Length - length)).Clear();
        Length = length;
    }
}
