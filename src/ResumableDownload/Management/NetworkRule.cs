namespace ResumableDownload.Management;

/// <summary>What a download may use.</summary>
internal static class NetworkRule
{
    // Without any known network an attempt is never forbidden: a machine that has only its loopback reports none, and may download from itself. And most monitors cannot tell what a network costs.
    public static bool Allows(NetworkRequirement requirement, NetworkKind kind) => requirement == NetworkRequirement.Any || kind != NetworkKind.Metered;

    /// <summary>Whether a failure may be laid on the network.</summary>
    public static bool IsOffline(NetworkKind kind, Uri source) => kind == NetworkKind.None && !source.IsLoopback;
}
