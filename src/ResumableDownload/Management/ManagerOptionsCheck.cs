using Microsoft.Extensions.Options;

namespace ResumableDownload.Management;

/// <summary>Checks the options of a manager, and names all faults together.</summary>
internal static class ManagerOptionsCheck
{
    private static readonly ManagerOptionRanges Ranges = new();

    /// <exception cref="ArgumentException">One or more options are out of range.</exception>
    public static TurnLimits Limits(DownloadManagerOptions options) => Ranges.Validate(null, options) is { Failed: true } faults
        ? throw new ArgumentException($"The options are not valid: {faults.FailureMessage}.", nameof(options))
        : new(options.MaxConcurrentDownloads, options.MaxConcurrentPerHost);

    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public static int Checked(int value, string name) => value is < 1 or > TurnLimits.Greatest
        ? throw new ArgumentOutOfRangeException(name, value, $"{name} ({value}) is not between 1 and {TurnLimits.Greatest}.")
        : value;
}
