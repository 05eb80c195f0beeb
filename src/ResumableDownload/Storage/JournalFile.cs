namespace ResumableDownload.Storage;

/// <summary>Reads the journal beside a destination.</summary>
internal static class JournalFile
{
    /// <summary>No journal of ours is longer; a longer file is something else.</summary>
    private const long Longest = 256 << 20;

    /// <summary>What the journal says, and when it was last written.</summary>
    public static async ValueTask<(JournalReading Reading, DateTime Written)> ReadAsync(Disk disk, string path)
    {
        using var file = disk.OpenToRead(path);
        if (file is null)
        {
            return (new JournalReading.Absent(), default);
        }

        return (file.Length > Longest ? new JournalReading.Damaged() : JournalFold.Read(await BytesAsync(file).ConfigureAwait(false)), file.LastWrite);
    }

    /// <summary>All bytes of a file.</summary>
    public static async ValueTask<byte[]> BytesAsync(DiskFile file)
    {
        var bytes = new byte[file.Length];
        var filled = 0;
        while (filled < bytes.Length && await file.ReadAsync(filled, bytes.AsMemory(filled)).ConfigureAwait(false) is var count and > 0)
        {
            filled += count;
        }

        // Something else may have shortened it meanwhile.
        Array.Resize(ref bytes, filled);
        return bytes;
    }
}
