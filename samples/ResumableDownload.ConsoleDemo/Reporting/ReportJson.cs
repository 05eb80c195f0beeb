using System.Text.Json.Serialization;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Writes reports without reflection, which would cost the start of the process its time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(TotalLine))]
internal sealed partial class ReportJson : JsonSerializerContext;
