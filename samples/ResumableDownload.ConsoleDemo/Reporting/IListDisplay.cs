namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Shows many downloads while they run. Thread-safe.</summary>
internal interface IListDisplay
{
    /// <summary>Runs them.</summary>
    /// <param name="look">Tells how they stand, at any time.</param>
    /// <param name="download">The run.</param>
    Task ShowAsync(Func<ListStanding> look, Func<Task> download);

    /// <summary>Tells of the end of one.</summary>
    void Tell(LineEnd end);
}
