using System.Globalization;

namespace ResumableDownload.Conformance;

/// <summary>A request as it stood on the wire, and what was sent in return.</summary>
internal sealed class SeenRequest
{
    private long _bodyBytesSent;

    public SeenRequest(string head)
    {
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var start = lines[0].Split(' ');
        (Method, Target) = (start[0], start[1]);
        Headers = [.. lines.Skip(1).Select(line => line.Split(':', 2)).Select(pair => new KeyValuePair<string, string>(pair[0], pair[1].Trim(' ')))];
    }

    public string Method { get; }

    public string Target { get; }

    public string Path => Target.Split('?')[0];

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    public DateTimeOffset At { get; } = DateTimeOffset.UtcNow;

    /// <summary>Body bytes that the operating system took for this answer.</summary>
    public long BodyBytesSent => Interlocked.Read(ref _bodyBytesSent);

    public string? Range => this["Range"];

    /// <summary>The first byte asked for; 0 without a usable Range.</summary>
    public long From => Range is { } range && long.TryParse(range["bytes=".Length..].Split('-')[0], CultureInfo.InvariantCulture, out var first) ? first : 0;

    public string? IfRange => this["If-Range"];

    public string? IfMatch => this["If-Match"];

    public string? IfUnmodifiedSince => this["If-Unmodified-Since"];

    public bool IsConditional => IfRange is not null || IfMatch is not null || IfUnmodifiedSince is not null;

    public bool IsPlain => Range is null && !IsConditional;

    /// <summary>The value of a field; null when it was not sent, and no single answer when it was sent twice.</summary>
    public string? this[string name] =>
        Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).SingleOrDefault();

    public void CountSent(int bytes) => Interlocked.Add(ref _bodyBytesSent, bytes);

    public override string ToString() => $"{Method} {Target} Range={Range} If-Range={IfRange} If-Match={IfMatch} sent={BodyBytesSent}";
}
