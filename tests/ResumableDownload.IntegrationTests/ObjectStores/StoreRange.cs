using System.Globalization;

namespace ResumableDownload.IntegrationTests;

/// <summary>What becomes of a Range field: 200 for the whole, 206 with the first and the last byte, or 416.</summary>
internal readonly record struct StoreRange(int Status, long First = 0, long Last = 0)
{
    public static StoreRange Whole { get; } = new(200);

    public static StoreRange Unsatisfiable { get; } = new(416);

    /// <summary>As RFC 9110 has it, and S3 does: the end is clipped, a start beyond is 416, nonsense is as if it were not there.</summary>
    public static StoreRange Standard(string? field, int length, bool takesSuffix = true) => Read(field) switch
    {
        (null, { } last) when takesSuffix => last == 0 || length == 0 ? Unsatisfiable : new(206, Math.Max(0, length - last), length - 1),
        ({ } first, _) when first >= length => Unsatisfiable,
        ({ } first, var last) => new(206, first, Math.Min(last ?? long.MaxValue, length - 1)),
        _ => Whole,
    };

    /// <summary>
    /// As OSS does unless the request says otherwise: a range that is not wholly inside the object is as if it were not there
    /// ("Access objects by segments by using HTTP range requests": 500-2000, 1000-, 1000-2000 and -2000 of 1000 bytes).
    /// </summary>
    public static StoreRange Lenient(string? field, int length) => Read(field) switch
    {
        ({ } first, null) when first < length => new(206, first, length - 1),
        ({ } first, { } last) when last < length => new(206, first, last),
        (null, { } last) when last > 0 && last <= length => new(206, length - last, length - 1),
        _ => Whole,
    };

    private static (long? First, long? Last) Read(string? field)
    {
        var ends = field?.StartsWith("bytes=", StringComparison.Ordinal) is true ? field["bytes=".Length..].Split('-') : [];
        return ends.Length != 2 || !IsNumberOrNothing(ends[0]) || !IsNumberOrNothing(ends[1]) || Number(ends[0]) > Number(ends[1])
            ? (null, null)
            : (Number(ends[0]), Number(ends[1]));
    }

    private static bool IsNumberOrNothing(string text) => text.Length == 0 || (text.All(char.IsAsciiDigit) && Number(text) is not null);

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
