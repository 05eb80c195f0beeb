using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ResumableDownload.Integrity;
using ResumableDownload.Model;
using ResumableDownload.Naming;

namespace ResumableDownload.Storage;

/// <summary>The first line of a journal: what the bytes are of. Holds no query string and no user info.</summary>
internal sealed record JournalHeader
{
    /// <summary>The only format so far. A journal of a later one is left alone.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The random name of this generation; every line's proof is chained from it.</summary>
    public required string Generation { get; init; }

    public required string Resource { get; init; }

    public required string Uri { get; init; }

    public string? Etag { get; init; }

    public string? LastModified { get; init; }

    public required DateTimeOffset Date { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The name that the answer gave the file.</summary>
    public string? Name { get; init; }

    /// <summary>The length of the whole resource, where a part of it is downloaded.</summary>
    public long? ResourceLength { get; init; }

    /// <summary>The digests of the whole file that the answer stated.</summary>
    public string? Digests { get; init; }

    /// <summary>The name of the checksum of the lines.</summary>
    public string Sum { get; init; } = SumKind.Crc32C.Name;

    /// <summary>The checksum of the lines; <see langword="null"/> when it is none of ours.</summary>
    [JsonIgnore]
    public SumKind? SumKind => SumKind.Named(Sum);

    public Representation Describe(long? length) =>
        new(new Validator { EntityTag = Etag, LastModified = LastModified }, Date, length, ContentType)
        {
            FileName = SafeFileName.Of(Name),
            ResourceLength = ResourceLength,
            Digests = [.. OfferedDigest.Read(Digests)],
        };

    public static JournalHeader Of(Representation representation, SumKind sum, string resource, string uri) => new()
    {
        Generation = Guid.NewGuid().ToString("n"),
        Resource = resource,
        Uri = uri,
        Etag = representation.Validator.EntityTag,
        LastModified = representation.Validator.LastModified,
        Date = representation.Date,
        ContentType = representation.ContentType,
        Name = representation.FileName,
        ResourceLength = representation.ResourceLength,
        Digests = OfferedDigest.TextOf(representation.Digests),
        Sum = sum.Name,
    };

    /// <summary>This header as a JSON object.</summary>
    public byte[] ToJson()
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, JournalJson.Text))
        {
            WriteTo(writer);
        }

        return json.WrittenSpan.ToArray();
    }

    // By hand: the serializer would first build a description of each property, and the runtime compile its converters, at the start of every download.
    private void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("format", Format);
        writer.WriteString("generation", Generation);
        writer.WriteString("resource", Resource);
        writer.WriteString("uri", Uri);
        WriteIfThere(writer, "etag", Etag);
        WriteIfThere(writer, "lastModified", LastModified);
        writer.WriteString("date", Date);
        WriteIfThere(writer, "contentType", ContentType);
        WriteIfThere(writer, "name", Name);
        if (ResourceLength is { } length)
        {
            writer.WriteNumber("resourceLength", length);
        }

        WriteIfThere(writer, "digests", Digests);
        writer.WriteString("sum", Sum);
        writer.WriteEndObject();
    }

    private static void WriteIfThere(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>Reads a header; <see langword="null"/> when it is none.</summary>
    public static JournalHeader? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, JournalJson.Default.JournalHeader);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(JournalHeader))]
[JsonSerializable(typeof(JournalFormat))]
[JsonSerializable(typeof(JournalGeneration))]
[JsonSerializable(typeof(string))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    /// <summary>How text is written: the quotes of an entity tag as people read them; no journal is ever part of a page.</summary>
    public static JsonWriterOptions Text { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
