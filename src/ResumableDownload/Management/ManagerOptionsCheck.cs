namespace ResumableDownload.Management;

/// <summary>Checks the options of a manager, and names all faults together.</summary>
internal static class ManagerOptionsCheck
{
    private const int Most = 10_000;

    /// <exception cref="ArgumentException">One or more options are out of range.</exception>
    public static TurnLimits Limits(DownloadManagerOptions options)
    {
        string?[] faults = [Fault(options.MaxConcurrentDownloads, nameof(options.MaxConcurrentDownloads)), Fault(options.MaxConcurrentPerHost, nameof(options.MaxConcurrentPerHost))];
        return faults.OfType<string>().ToArray() is { Length: > 0 } found
            ? throw new ArgumentException($"The options are not valid: {string.Join("; ", found)}.", nameof(options))
            : new(options.MaxConcurrentDownloads, options.MaxConcurrentPerHost);
    }

    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public static int Checked(int value, string name) => Fault(value, name) is { } fault ? throw new ArgumentOutOfRangeException(name, value, fault + ".") : value;

    private static string? Fault(int value, string name) => value is < 1 or > Most ? $"{name} ({value}) is not between 1 and {Most}" : null;
}
