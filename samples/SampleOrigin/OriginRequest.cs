using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ResumableDownload.SampleOrigin;

/// <summary>What a request asks for, as far as ranges and conditions go.</summary>
/// <param name="Range">The text of <c>Range</c>.</param>
/// <param name="IfRange">The text of <c>If-Range</c>.</param>
/// <param name="IfMatch">The text of <c>If-Match</c>.</param>
/// <param name="IfNoneMatch">The text of <c>If-None-Match</c>.</param>
internal sealed record OriginRequest(string? Range, string? IfRange, string? IfMatch, string? IfNoneMatch)
{
    private const string Unit = "bytes=";

    public static OriginRequest From(HttpRequest request) => new(
        TextOf(request.Headers.Range),
        TextOf(request.Headers.IfRange),
        TextOf(request.Headers.IfMatch),
        TextOf(request.Headers.IfNoneMatch));

    public bool IsConditional => (IfRange ?? IfMatch ?? IfNoneMatch) is not null;

    /// <summary>The first and the last byte that are asked for; the last one is missing when all the rest is wanted.</summary>
    public (int First, int? Last)? Bounds()
    {
        if (Range?.StartsWith(Unit, StringComparison.OrdinalIgnoreCase) is not true
            || Range[Unit.Length..].Split('-') is not [var first, var last] || Number(first) is not { } start)
        {
            return null;
        }

        return (start, Number(last));
    }

    public override string ToString() =>
        "GET" + (Range is null ? "" : $" {Range}") + Mark(IfRange, "If-Range") + Mark(IfMatch, "If-Match") + Mark(IfNoneMatch, "If-None-Match");

    private static string Mark(string? condition, string name) => condition is null ? "" : $" {name}";

    private static string? TextOf(Microsoft.Extensions.Primitives.StringValues field) => field.Count == 0 ? null : field.ToString();

    private static int? Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
