using System.Text.Json.Serialization;

namespace ResumableDownload.WebDemo.Downloading;

/// <summary>What changed since somebody looked.</summary>
internal sealed record Changes
{
    /// <summary>Which look this was; the next one begins here.</summary>
    public required long Version { get; init; }

    /// <summary>How the changed rows stand now.</summary>
    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>Which rows are gone.</summary>
    public required IReadOnlyList<Guid> Gone { get; init; }

    public required Settings Settings { get; init; }
}

/// <summary>What holds for all downloads.</summary>
/// <param name="BytesPerSecond">The speed of all together; <see langword="null"/> when there is no limit.</param>
/// <param name="AtATime">How many run at the same time.</param>
internal sealed record Settings(long? BytesPerSecond, int AtATime)
{
    public const int MostAtATime = 100;

    /// <summary>Whether they can be set.</summary>
    [JsonIgnore]
    public bool IsPossible => AtATime is >= 1 and <= MostAtATime && BytesPerSecond is null or >= 1;
}
