using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ResumableDownload.Model;

namespace ResumableDownload.IntegrationTests;

/// <summary>The tables of README.md that tell what the code tells too.</summary>
public sealed partial class TableTests
{
    [Fact]
    public void Every_option_is_told_with_its_default_and_its_range()
    {
        var defaults = new ResumableDownloadOptions();
        var expected = typeof(ResumableDownloadOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .OrderBy(static property => property.MetadataToken)
            .Select(property => $"`{property.Name}` | {Spell(property.GetValue(defaults))} | {Range(property)}");

        Assert.Equal(expected, Rows("| option |").Select(static row => string.Join(" | ", row.Take(3))));
    }

    [Fact]
    public void Every_failure_is_told() =>
        Assert.Equal(Enum.GetNames<DownloadFailure>().Select(static name => $"`{name}`"), Rows("| `Failure` |").Select(static row => row[0]));

    [Fact]
    public void Every_metric_is_told()
    {
        var told = string.Join('\n', Rows("| metric |").Select(static row => row[0]));
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        var seen = new List<string>();
        listener.InstrumentPublished = (instrument, _) => seen.AddRange(instrument.Meter.Name == "ResumableDownload" ? [instrument.Name] : []);
        using var downloader = new ResumableDownloader();
        System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(Transfer.Telemetry).TypeHandle);
        listener.Start();

        Assert.NotEmpty(seen);
        Assert.All(seen, name => Assert.Contains(name["resumable_download".Length..], told, StringComparison.Ordinal));
        Assert.Equal(seen.Count, MetricName().Count(told));
    }

    private static IEnumerable<string[]> Rows(string head) => File.ReadAllLines(Repository.Path("README.md"))
        .SkipWhile(line => !line.StartsWith(head, StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(static line => line.StartsWith('|'))
        .Select(static line => line.Trim('|').Split('|').Select(static cell => cell.Trim()).ToArray());

    private static string Range(PropertyInfo property) => property.GetCustomAttribute<WithinAttribute>() switch
    {
        { Most: long.MaxValue } open => $"{Spell(open.Least)} and more",
        { } within => $"{Spell(within.Least)} to {Spell(within.Most)}",
        null when property.PropertyType.IsEnum => string.Join(", ", Enum.GetNames(property.PropertyType).Select(static name => $"`{name}`")),
        null => "",
    };

    private static string Spell(object? value) => value switch
    {
        null => "none",
        Enum or bool => $"`{value}`".Replace("True", "true", StringComparison.Ordinal).Replace("False", "false", StringComparison.Ordinal),
        TimeSpan { TotalDays: >= 1 and var days } => string.Create(CultureInfo.InvariantCulture, $"{days} day"),
        TimeSpan { TotalMinutes: >= 1 and var minutes } => string.Create(CultureInfo.InvariantCulture, $"{minutes} min"),
        TimeSpan span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds} s"),
        _ => ((IFormattable)value).ToString("N0", CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"`[^`]*\.[a-z_]+`")]
    private static partial Regex MetricName();
}
