namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Why a run failed.</summary>
/// <param name="Name">
/// The <see cref="DownloadFailure"/>; <c>Unexpected</c> for what the library does not foresee; <c>NotRight</c> when the guided demo found a fault.
/// </param>
/// <param name="Message">What happened and what is kept, on one line.</param>
internal sealed record ReportedFailure(string Name, string Message)
{
    public static ReportedFailure Of(Exception fault) => fault is DownloadException { Failure: var failure }
        ? new(failure.ToString(), PublicText.OneLine(fault.Message))
        : new("Unexpected", PublicText.OneLine($"{fault.GetType().Name}: {fault.Message}"));
}
