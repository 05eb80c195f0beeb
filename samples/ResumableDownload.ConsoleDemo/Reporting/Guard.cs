namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Turns every way out of a run into a report, so that nobody is shown a stack trace.</summary>
internal static class Guard
{
    /// <param name="work">The run.</param>
    /// <param name="soFar">The figures to report when the run does not end well.</param>
    /// <param name="cancellationToken">What the user's interruption cancels.</param>
    public static async Task<Report> RunAsync(Func<Task<Report>> work, Func<Report> soFar, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return soFar().Interrupted();
        }
        catch (Exception fault)
        {
            return soFar().FailedBy(fault);
        }
    }
}
