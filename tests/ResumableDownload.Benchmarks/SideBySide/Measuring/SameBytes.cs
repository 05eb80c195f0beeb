namespace ResumableDownload.Benchmarks.SideBySide.Measuring;

/// <summary>Compares files byte for byte: quicker than a hash, and no hash of the library's own is to vouch for the library.</summary>
internal static class SameBytes
{
    private const int Piece = 1 << 20;

    /// <summary>What is wrong with a file; null where it is the same as the source.</summary>
    public static string? FaultOf(string file, string source)
    {
        if (!File.Exists(file))
        {
            return "no file";
        }

        using var ours = File.OpenHandle(file);
        using var theirs = File.OpenHandle(source);
        var length = RandomAccess.GetLength(theirs);
        return RandomAccess.GetLength(ours) != length ? $"length {RandomAccess.GetLength(ours)} and not {length}" : Compare(ours, theirs, length);
    }

    private static string? Compare(Microsoft.Win32.SafeHandles.SafeFileHandle ours, Microsoft.Win32.SafeHandles.SafeFileHandle theirs, long length)
    {
        var (one, other) = (new byte[Piece], new byte[Piece]);
        for (var at = 0L; at < length; at += Piece)
        {
            var (count, expected) = (RandomAccess.Read(ours, one, at), RandomAccess.Read(theirs, other, at));
            if (!one.AsSpan(0, count).SequenceEqual(other.AsSpan(0, expected)))
            {
                return $"wrong bytes in the MiB at {at}";
            }
        }

        return null;
    }
}
