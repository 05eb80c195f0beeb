using ResumableDownload.Integrity;

namespace ResumableDownload.Storage;

/// <summary>A file of lines that prove themselves, open for appending. A line that could not be appended whole is cut off again.</summary>
/// <remarks>One append at a time: the owner sees to that.</remarks>
internal sealed class ProvedFile(DiskFile file, JournalPosition end) : IDisposable
{
    /// <summary>The place after the last line.</summary>
    public JournalPosition End { get; private set; } = end;

    /// <summary>Whether the last append left bytes that could not be cut off: they would hide every line after them. The next append tries again first.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>Creates an empty file that only its owner may read, in place of any that is there.</summary>
    public static ProvedFile Create(Disk disk, string path, string generation) => new(disk.CreatePrivate(path), new(0, JournalLine.Seed(generation)));

    /// <summary>Opens a file that was read, and cuts off what did not hold.</summary>
    public static ProvedFile Reopen(Disk disk, string path, JournalPosition end)
    {
        var file = disk.OpenToAppend(path);
        if (file.Length != end.Offset)
        {
            file.SetLength(end.Offset);
        }

        return new(file, end);
    }

    /// <summary>A line that says what a JSON object says, with room for its proof.</summary>
    public static byte[] LineOf(ReadOnlySpan<byte> json)
    {
        var line = new byte[json.Length - 1 + JournalLine.EndingLength];
        json[..^1].CopyTo(line);
        return line;
    }

    /// <summary>Proves a line, and appends it.</summary>
    /// <param name="line">What it says, and room of <see cref="JournalLine.EndingLength"/> bytes for its proof.</param>
    public async ValueTask AppendAsync(Memory<byte> line)
    {
        var chain = Prove(line.Span);
        try
        {
            await file.WriteAsync(End.Offset, line).ConfigureAwait(false);
        }
        catch
        {
            CutOffTorn();
            throw;
        }

        End = new(End.Offset + line.Length, chain);
    }

    /// <summary>Does so before it returns: for lines that are few and short, and an owner that cannot wait.</summary>
    public void Append(Span<byte> line)
    {
        var chain = Prove(line);
        try
        {
            file.Write(End.Offset, line);
        }
        catch
        {
            CutOffTorn();
            throw;
        }

        End = new(End.Offset + line.Length, chain);
    }

    /// <summary>Gives up the lines after a place.</summary>
    public void CutTo(JournalPosition end)
    {
        file.SetLength(end.Offset);
        (End, IsTorn) = (end, false);
    }

    public Task FlushAsync() => file.FlushAsync();

    public void Dispose() => file.Dispose();

    private uint Prove(Span<byte> line)
    {
        if (IsTorn)
        {
            CutTo(End);
        }

        var content = line[..^JournalLine.EndingLength];
        var chain = Crc32C.Append(End.Chain, content);
        JournalLine.WriteEnding(chain, line[content.Length..]);
        return chain;
    }

    private void CutOffTorn()
    {
        IsTorn = true;
        CutTo(End);
    }
}
