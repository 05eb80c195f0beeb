using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using ResumableDownload.Storage;

namespace ResumableDownload.Management;

/// <summary>A line of a queue file as its JSON has it: what is not said is <see langword="null"/>.</summary>
/// <remarks>No record: its text would show the address.</remarks>
internal sealed class QueueLine
{
    public Guid? Added { get; init; }

    public Guid? Changed { get; init; }

    public Guid? Ended { get; init; }

    public long? Order { get; init; }

    public string? State { get; init; }

    public bool? Started { get; init; }

    public int? Priority { get; init; }

    public string? Uri { get; init; }

    public bool? RawUri { get; init; }

    public string? Destination { get; init; }

    public string? Key { get; init; }

    public long? Length { get; init; }

    public long? Start { get; init; }

    public long? End { get; init; }

    public string? Digest { get; init; }

    public string? Etag { get; init; }

    public string? LastModified { get; init; }

    public string? Network { get; init; }

    public bool? HadHeaders { get; init; }

    public bool? HadRefreshUri { get; init; }

    /// <summary>This line with room for its proof.</summary>
    public byte[] ToLine()
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, JournalJson.Text))
        {
            JsonSerializer.Serialize(writer, this, QueueJson.Default.QueueLine);
        }

        return ProvedFile.LineOf(json.WrittenSpan);
    }

    /// <param name="content">The line up to its proof.</param>
    /// <exception cref="JsonException">It is none of ours.</exception>
    public static QueueLine? Read(ReadOnlySpan<byte> content)
    {
        byte[] json = [.. content, (byte)'}'];
        return JsonSerializer.Deserialize(json, QueueJson.Default.QueueLine);
    }
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(QueueHeader))]
[JsonSerializable(typeof(QueueLine))]
internal sealed partial class QueueJson : JsonSerializerContext;
