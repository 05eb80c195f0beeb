using System.Net.NetworkInformation;

namespace ResumableDownload.Management;

/// <summary>Where a monitor learns of the machine's network.</summary>
/// <param name="Look">What interfaces there are now, as a text that is another one after each switch, and empty when there is no network.</param>
/// <param name="Listen">Calls back from any thread when there may have been a switch, until what it returns is disposed.</param>
internal sealed record NetworkSource(Func<string> Look, Func<Action, IDisposable> Listen)
{
    public static NetworkSource System { get; } = new(NetworkPicture.Take, static changed => new NetworkListener(changed));

    /// <summary>Whether the platform, or a sandbox, keeps the network to itself.</summary>
    public static bool IsUnsupported(Exception exception) => exception is PlatformNotSupportedException or NetworkInformationException;
}
