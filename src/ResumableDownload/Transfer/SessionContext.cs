using Microsoft.Extensions.Logging;

namespace ResumableDownload.Transfer;

/// <summary>What one run works with.</summary>
internal sealed record SessionContext(BodyContext Body, ILogger Logger);
