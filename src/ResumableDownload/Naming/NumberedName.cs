using System.Globalization;

namespace ResumableDownload.Naming;

/// <summary>The names to try in turn when a name is taken.</summary>
internal static class NumberedName
{
    /// <summary>The name itself for 0, then <c>name (1).ext</c> and on, never longer than a name may be.</summary>
    public static string Of(string name, int number) =>
        number == 0 ? name : FileNameLength.Fit(name, string.Create(CultureInfo.InvariantCulture, $" ({number})"));
}
