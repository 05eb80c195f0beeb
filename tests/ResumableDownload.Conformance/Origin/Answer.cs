using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ResumableDownload.Conformance;

/// <summary>How the end of a body is told.</summary>
internal enum Framing
{
    Length,
    Chunked,
    UntilClose,
}

/// <summary>An answer before it is sent, to be told as it is or bent.</summary>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body)
{
    public ImmutableArray<KeyValuePair<string, string>> Headers { get; init; } = [];

    public Framing Framing { get; init; } = Framing.Length;

    public string Protocol { get; init; } = "HTTP/1.1";

    public string? this[string name] => Headers.FirstOrDefault(header => Is(header, name)).Value;

    /// <summary>Sets a field. A null value removes it.</summary>
    public Answer With(string name, string? value)
    {
        var others = Headers.RemoveAll(header => Is(header, name));
        return this with { Headers = value is null ? others : others.Add(new(name, value)) };
    }

    /// <summary>Adds a second line of a field.</summary>
    public Answer And(string name, string value) => this with { Headers = Headers.Add(new(name, value)) };

    public byte[] Head()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Protocol} {Status} Scripted\r\n");
        foreach (var (name, value) in Headers)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        text.Append(FramingField());
        return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }

    private string FramingField() => Framing switch
    {
        Framing.Chunked => "Transfer-Encoding: chunked\r\n",
        Framing.UntilClose => "Connection: close\r\n",
        _ when this["Content-Length"] is not null || Status is 204 or 304 => "",
        _ => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n"),
    };

    private static bool Is(KeyValuePair<string, string> header, string name) => header.Key?.Equals(name, StringComparison.OrdinalIgnoreCase) is true;
}
