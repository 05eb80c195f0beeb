namespace ResumableDownload.Benchmarks.SideBySide.Measuring;

/// <summary>One run that brought the right file.</summary>
/// <param name="Round">The round that it belongs to.</param>
/// <param name="Usage">What the process used.</param>
/// <param name="Served">What the server sent.</param>
internal sealed record Measurement(int Round, Usage Usage, Served Served);

/// <summary>What the server sent, by its own account.</summary>
/// <param name="Requests">Number of answers.</param>
/// <param name="Bytes">Their bytes, headers included.</param>
/// <param name="Body">Their bodies' bytes.</param>
internal sealed record Served(int Requests, long Bytes, long Body);
