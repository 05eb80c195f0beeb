using ResumableDownload.Model;
using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

/// <summary>The one download that the tables speak of: 40 of 100 bytes are kept.</summary>
internal static class Known
{
    public const string Tag = "\"v1\"";
    public const string Date = "Mon, 01 Jan 2024 00:00:00 GMT";
    public const string Type = "application/octet-stream";

    /// <summary>When answers are made: long after <see cref="Date"/>, so that it is strong.</summary>
    public static DateTimeOffset Now { get; } = new(2024, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static AnswerLimits Limits { get; } = new(null, null, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(60));

    public static Representation Representation { get; } = new(new Validator { EntityTag = Tag, LastModified = Date }, Now, 100, Type);

    public static Checkpoint Kept { get; } = Holding(Representation);

    public static Checkpoint Holding(Representation representation) =>
        new(representation, OriginTraits.None, ByteRangeSet.Empty.Add(new ByteRange(0, 40)));
}
