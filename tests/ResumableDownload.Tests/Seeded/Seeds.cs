using System.Globalization;

namespace ResumableDownload.Tests.Seeded;

/// <summary>Which worlds are lived: a first number and how many; or one alone.</summary>
internal static class Seeds
{
    /// <summary>Holds <c>SEED</c> for one world, whose story is told, or <c>FIRST+COUNT</c>.</summary>
    public const string Variable = "WORLD_SEEDS";

    public static (int First, int Count) Chosen(int usual)
    {
        var parts = Environment.GetEnvironmentVariable(Variable)?.Split('+');
        return parts switch
        {
            [var first, var count] => (Number(first), Number(count)),
            [var one] when one.Length > 0 => (Number(one), 1),
            _ => (0, usual),
        };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
