using ResumableDownload.Model;

namespace ResumableDownload.Management;

/// <summary>Whether two requests want the same.</summary>
internal static class RequestIdentity
{
    // A fresh signature, other credentials and other functions are means to the same end; a folder is one whether or not its path ends in a separator.
    public static bool AreSame(DownloadRequest one, DownloadRequest other) => Of(one) == Of(other) && DestinationKey.Comparer.Equals(PathOf(one), PathOf(other));

    private static string PathOf(DownloadRequest request) => Path.TrimEndingDirectorySeparator(request.Destination);

    private static (string Resource, long? Length, string? Digest, Validator? Since, NetworkRequirement Network) Of(DownloadRequest request) => (
        ResourceName.Of(request.Source, request.ResourceKey, request.Range),
        request.ExpectedLength,
        request.ExpectedDigest?.ToString(),
        request.IfChangedSince,
        request.Network);
}
