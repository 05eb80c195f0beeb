namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>The words that <c>--json</c> has for how a run ended.</summary>
internal static class Outcome
{
    public const string Whole = "whole";
    public const string NotModified = "not-modified";
    public const string Failed = "failed";
    public const string Interrupted = "interrupted";
}
