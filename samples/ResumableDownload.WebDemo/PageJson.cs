using System.Text.Json.Serialization;
using ResumableDownload.WebDemo.Downloading;
using ResumableDownload.WebDemo.Samples;
using ResumableDownload.WebDemo.Serving;

namespace ResumableDownload.WebDemo;

/// <summary>What goes to the page and comes from it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Changes))]
[JsonSerializable(typeof(Settings))]
[JsonSerializable(typeof(Addition))]
[JsonSerializable(typeof(PastedUrls))]
[JsonSerializable(typeof(NewPriority))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(About))]
internal sealed partial class PageJson : JsonSerializerContext;
