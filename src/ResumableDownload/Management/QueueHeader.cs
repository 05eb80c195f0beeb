using System.Text;
using System.Text.Json;
using ResumableDownload.Storage;

namespace ResumableDownload.Management;

/// <summary>The first line of a queue file: that it is one, and of which generation.</summary>
internal sealed class QueueHeader
{
    /// <summary>The only format so far. A file of a later one is left alone.</summary>
    public const int CurrentFormat = 1;

    /// <summary>What tells it from a checkpoint, whose lines prove themselves in the same way.</summary>
    private const string Queue = "queue";

    public int Format { get; init; } = CurrentFormat;

    public required string Kind { get; init; }

    /// <summary>The random name of this generation; every line's proof is chained from it.</summary>
    public required string Generation { get; init; }

    public static QueueHeader New() => new() { Kind = Queue, Generation = Guid.NewGuid().ToString("n") };

    /// <summary>This header as a line with room for its proof.</summary>
    public byte[] ToLine() => ProvedFile.LineOf(Encoding.UTF8.GetBytes($$"""{"format":{{Format}},"kind":"{{Kind}}","generation":"{{Generation}}"}"""));

    /// <summary>Reads a header; <see langword="null"/> when it is none of a queue file.</summary>
    public static QueueHeader? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, QueueJson.Default.QueueHeader) is { Kind: Queue } header ? header : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
