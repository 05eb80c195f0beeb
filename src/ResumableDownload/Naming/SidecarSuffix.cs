namespace ResumableDownload.Naming;

/// <summary>What the names of the files beside a destination end with.</summary>
internal static class SidecarSuffix
{
    public const string OfPartial = ".partial";
    public const string OfJournal = OfPartial + ".checkpoint";
    public const string OfSuccessor = OfJournal + ".new";

    public static bool Ends(string name) =>
        name.EndsWith(OfPartial, StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(OfJournal, StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(OfSuccessor, StringComparison.OrdinalIgnoreCase);
}
