using System.Net.NetworkInformation;

namespace ResumableDownload.Management;

/// <summary>The interfaces that are up, and their addresses: when they are others, connections that were made before are dead.</summary>
internal static class NetworkPicture
{
    /// <exception cref="NetworkInformationException">The system does not tell, or an interface went away meanwhile.</exception>
    /// <exception cref="PlatformNotSupportedException">The platform does not tell.</exception>
    public static string Take() => string.Join('\n', NetworkInterface.GetAllNetworkInterfaces().Where(IsNetwork).Select(Describe).Order(StringComparer.Ordinal));

    // As NetworkInterface.GetIsNetworkAvailable has it: some tunnels of Windows are always up.
    private static bool IsNetwork(NetworkInterface candidate) =>
        candidate.OperationalStatus == OperationalStatus.Up
        && candidate.NetworkInterfaceType is not (NetworkInterfaceType.Loopback or NetworkInterfaceType.Tunnel);

    private static string Describe(NetworkInterface network) =>
        string.Join(' ', AddressesOf(network).Order(StringComparer.Ordinal).Prepend(network.Id));

    private static IEnumerable<string> AddressesOf(NetworkInterface network) =>
        network.GetIPProperties().UnicastAddresses.Select(static unicast => unicast.Address.ToString());
}
