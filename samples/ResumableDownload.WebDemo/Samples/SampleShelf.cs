using ResumableDownload.SampleOrigin;

namespace ResumableDownload.WebDemo.Samples;

/// <summary>The sample files, of which each misbehaves in its own way.</summary>
internal sealed class SampleShelf
{
    private const int MiB = 1024 * 1024;

    /// <summary>What the page offers. One of them is not there.</summary>
    public static readonly Sample[] Offers =
    [
        new("mountains.mp4", "Steady", "Comes without a hitch, as fast as its connections."),
        new("harbour.mp4", "Drops", "The connection drops every 4 MiB; nothing is lost."),
        new("weather.csv", "Changes", "Becomes another version in the middle: it starts over, once."),
        new("backup.tar", "Like OSS", "Ignores If-Range, drops every 8 MiB, and is proved by its CRC-64."),
        new("letters.zip", "Odd name", "The server gives it a name full of markup and dots."),
        new("lost.iso", "Missing", "Is not there: the failure says so in words."),
    ];

    private readonly Dictionary<string, SampleFile> _files = new()
    {
        ["mountains.mp4"] = new(seed: 1, 40 * MiB),
        ["harbour.mp4"] = new(seed: 2, 24 * MiB) { CutAfter = (4 * MiB) + 12_345 },
        ["weather.csv"] = new(seed: 3, 20 * MiB) { CutAfter = 6 * MiB, Changes = true },
        ["backup.tar"] = new(seed: 4, 32 * MiB) { CutAfter = 8 * MiB, Script = new() { Kind = OriginKind.OssLike, BytesPerSecond = 2 * MiB } },
        ["letters.zip"] = new(seed: 5, 4 * MiB) { Disposition = """attachment; filename="../../<img src=x onerror=alert(1)>.zip" """.TrimEnd() },
    };

    public SampleFile? Find(string name) => _files.GetValueOrDefault(name);
}
