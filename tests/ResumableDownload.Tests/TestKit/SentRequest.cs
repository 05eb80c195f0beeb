namespace ResumableDownload.Tests.TestKit;

/// <summary>A request as the scripted server saw it, and what it sent.</summary>
internal sealed class SentRequest(HttpRequestMessage message, TimeSpan at)
{
    private readonly Dictionary<string, string> _fields = message.Headers.NonValidated.ToDictionary(
        static field => field.Key, static field => field.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    private long _sent;

    /// <summary>Where it went.</summary>
    public Uri Address { get; } = message.RequestUri!;

    /// <summary>The version of HTTP that it asked for.</summary>
    public Version Version { get; } = message.Version;

    /// <summary>When it came.</summary>
    public TimeSpan At { get; } = at;

    public string? Range => this["Range"];

    public int Status { get; set; }

    /// <summary>Where in the resource the body begins.</summary>
    public long BodyStart { get; set; }

    /// <summary>Whether it has come to an end: refused, or its body disposed of.</summary>
    public bool IsOver { get; set; }

    /// <summary>How many bytes of the body were taken.</summary>
    public long BodySent => Interlocked.Read(ref _sent);

    public string? this[string field] => _fields.GetValueOrDefault(field);

    public void CountSent(int count) => Interlocked.Add(ref _sent, count);
}
