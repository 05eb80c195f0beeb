using System.Globalization;

namespace ResumableDownload.Benchmarks.SideBySide.Measuring;

/// <summary>Figures of several rounds: the median, the least and the most.</summary>
internal static class Spread
{
    public static string Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length switch
        {
            0 => "",
            1 => Figure(sorted[0]),
            _ => $"{Figure(Median(sorted))} ({Figure(sorted[0])} to {Figure(sorted[^1])})",
        };
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public static string Figure(double value) => value.ToString(Math.Abs(value) switch { var size when size == Math.Floor(size) => "0", < 0.1 => "0.0000", < 10 => "0.00", < 100 => "0.0", _ => "0" }, CultureInfo.InvariantCulture);
}
