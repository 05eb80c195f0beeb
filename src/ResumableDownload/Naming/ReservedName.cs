using System.Text.RegularExpressions;

namespace ResumableDownload.Naming;

/// <summary>Names that mean something else than a new file, although all their characters are allowed.</summary>
internal static partial class ReservedName
{
    /// <summary>The name so altered that Windows finds neither a device by it nor a file that has another name.</summary>
    public static string NotOfWindows(string name) => Device().IsMatch(name) ? "_" + name : ShortForm().Replace(name, "${stem}_${rest}");

    /// <summary>The name so altered that it is not the one of another download's partial file or journal.</summary>
    /// <remarks>Only the ASCII characters are looked at: there are file systems that ignore some of the others when they compare names.</remarks>
    public static string NotOfSidecar(string name) =>
        SidecarSuffix.Ends(string.Concat(name.Where(char.IsAscii))) ? FileNameLength.Cut(name, FileNameLength.Longest - 1) + "_" : name;

    // Windows opens a device whatever follows its name after a dot, and in whatever folder.
    [GeneratedRegex(@"^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9\u00B9\u00B2\u00B3])\s*(?:\.|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Device();

    // On Windows a file has a second name of this form, which may be the one of a file that is already there.
    [GeneratedRegex(@"^(?<stem>[^.~]{0,6})~(?<rest>[0-9]{1,6}(?:\.[^.]{0,3})?)$", RegexOptions.CultureInvariant)]
    private static partial Regex ShortForm();
}
