using System.Globalization;

namespace ResumableDownload.Conformance;

/// <summary>What of the kit is to be run, and where the tables go.</summary>
internal sealed record CommandLine
{
    public const string Usage = "usage: [--only TEXT] [--candidates NAME,NAME] [--jobs N] [--markdown FILE] [--details] [--list]";

    /// <summary>Only scenarios whose name holds this.</summary>
    public string Only { get; init; } = "";

    public IReadOnlyList<string>? Candidates { get; init; }

    public string? Markdown { get; init; }

    /// <summary>How many run at once: they wait more than they work.</summary>
    public int Jobs { get; init; } = 6;

    public bool Details { get; init; }

    public bool List { get; init; }

    public static CommandLine? Read(ReadOnlySpan<string> words) => words switch
    {
        [] => new(),
        ["--only", var text, .. var rest] => Read(rest) is { } line ? line with { Only = text } : null,
        ["--candidates", var names, .. var rest] => Read(rest) is { } line ? line with { Candidates = names.Split(',') } : null,
        ["--markdown", var file, .. var rest] => Read(rest) is { } line ? line with { Markdown = file } : null,
        ["--jobs", var jobs, .. var rest] when int.TryParse(jobs, CultureInfo.InvariantCulture, out var number) && number > 0 => Read(rest) is { } line ? line with { Jobs = number } : null,
        ["--details", .. var rest] => Read(rest) is { } line ? line with { Details = true } : null,
        ["--list", .. var rest] => Read(rest) is { } line ? line with { List = true } : null,
        _ => null,
    };
}
