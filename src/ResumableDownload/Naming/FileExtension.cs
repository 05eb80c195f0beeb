using System.Text;

namespace ResumableDownload.Naming;

/// <summary>The end of a name that tells which program opens it.</summary>
internal static class FileExtension
{
    // A longer end, or one with spaces in it, is a sentence with a full stop.
    private const int Longest = 16;
    private const string Archive = ".tar";

    /// <summary>Where the extension begins, its dot included; the name's length when there is none. <c>.tar.gz</c> is one extension.</summary>
    public static int StartIn(string name)
    {
        var dot = name.LastIndexOf('.');
        if (dot <= 0 || Encoding.UTF8.GetByteCount(name.AsSpan(dot)) > Longest || name.AsSpan(dot).ContainsAny(" \u00a0\u3000"))
        {
            return name.Length;
        }

        return dot > Archive.Length && name.AsSpan(0, dot).EndsWith(Archive, StringComparison.OrdinalIgnoreCase) ? dot - Archive.Length : dot;
    }
}
