using ResumableDownload.Model;

namespace ResumableDownload.Management;

/// <summary>What two downloads must not have in common.</summary>
internal static class DestinationKey
{
    /// <summary>Paths that differ in case only are mostly one file there.</summary>
    public static StringComparer Comparer { get; } = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>The path; in a folder, in which the answer names the file, the resource as well.</summary>
    public static string Of(DownloadRequest request) =>
        Path.EndsInDirectorySeparator(request.Destination) || Directory.Exists(request.Destination)
            ? $"{Path.TrimEndingDirectorySeparator(request.Destination)}\0{ResourceName.Of(request.Source, request.ResourceKey, request.Range)}"
            : request.Destination;
}
