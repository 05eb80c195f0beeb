using ResumableDownload.ConsoleDemo.CommandLine;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>How a line of a list ended.</summary>
internal sealed record LineEnd(ListLine Line, Report Report);
