namespace ResumableDownload.Model;

/// <summary>What the names of the files beside a destination end with.</summary>
internal static class SidecarSuffix
{
    public const string Partial = ".partial";
    public const string Journal = Partial + ".checkpoint";
    public const string JournalSuccessor = Journal + ".new";

    public static bool Ends(string name) =>
        name.EndsWith(Partial, StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(Journal, StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(JournalSuccessor, StringComparison.OrdinalIgnoreCase);
}
