using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ResumableDownload.IntegrationTests;

/// <summary>A request as a store saw it, and what it made of it.</summary>
internal sealed class StoreRequest
{
    private long _bytesSent;

    public StoreRequest(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        var path = Uri.UnescapeDataString(target[0]).Split('/', 3);
        var headers = context.Request.Headers.SelectMany(field => field.Value, (field, value) => new KeyValuePair<string, string>(field.Key, value ?? ""));
        Signed = new SignedParts(context.Request.Method, path.ElementAtOrDefault(1) ?? "", path.ElementAtOrDefault(2) ?? "")
        {
            Query = SignedParts.ReadQuery(target.ElementAtOrDefault(1) ?? ""),
            Headers = [.. headers],
        };
    }

    /// <summary>All that a signature may cover.</summary>
    public SignedParts Signed { get; }

    public string Method => Signed.Method;

    public string Path => $"/{Signed.Bucket}/{Signed.Key}";

    public string? Range => Signed.Header("Range");

    /// <summary>The first byte asked for; 0 without a usable Range.</summary>
    public long From => Range is { } range && long.TryParse(range["bytes=".Length..].Split('-')[0], CultureInfo.InvariantCulture, out var first) ? first : 0;

    public string? IfRange => Signed.Header("If-Range");

    public string? IfMatch => Signed.Header("If-Match");

    public string? IfNoneMatch => Signed.Header("If-None-Match");

    public string? IfUnmodifiedSince => Signed.Header("If-Unmodified-Since");

    public string? IfModifiedSince => Signed.Header("If-Modified-Since");

    public bool IsPlain => Range is null && IfRange is null && IfMatch is null && IfUnmodifiedSince is null;

    /// <summary>Whether its signature was right, whatever its time; <see langword="null"/> where none was looked at.</summary>
    public bool? SignatureHolds { get; set; }

    public int Status { get; set; }

    /// <summary>Body bytes handed to the connection.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    public string? Parameter(string name) => Signed.Parameter(name);

    public void CountSent(int bytes) => Interlocked.Add(ref _bytesSent, bytes);

    public override string ToString() => $"{Method} {Path} Range={Range} If-Range={IfRange} If-Match={IfMatch} -> {Status}, {BytesSent} bytes";
}
