using System.Globalization;

namespace ResumableDownload.Conformance;

/// <summary>What an origin has to give: bytes and the validators that name them.</summary>
internal sealed record Resource(byte[] Bytes)
{
    private static readonly DateTimeOffset FirstOfAll = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string? EntityTag { get; init; }

    public string? LastModified { get; init; }

    public string? ContentType { get; init; } = "application/octet-stream";

    public int Length => Bytes.Length;

    /// <summary>A version of a file: its number decides the bytes, the tag and the date, so no two versions share any of them.</summary>
    public static Resource Version(int number, int length) => new(Content(number, length))
    {
        EntityTag = $"\"v{number}\"",
        LastModified = DateOf(number),
    };

    public static string DateOf(int number) => FirstOfAll.AddDays(number).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Bytes that follow from the seed alone.</summary>
    public static byte[] Content(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
