using System.Net.NetworkInformation;

namespace ResumableDownload.Management;

/// <summary>Listens to all that .NET tells of the network.</summary>
internal sealed class NetworkListener : IDisposable
{
    private readonly Action _changed;

    public NetworkListener(Action changed)
    {
        _changed = changed;
        NetworkChange.NetworkAddressChanged += OnAddressChanged;
        try
        {
            NetworkChange.NetworkAvailabilityChanged += OnAvailabilityChanged;
        }
        catch (Exception exception) when (NetworkSource.IsUnsupported(exception))
        {
            NetworkChange.NetworkAddressChanged -= OnAddressChanged;
            throw;
        }
    }

    public void Dispose()
    {
        NetworkChange.NetworkAvailabilityChanged -= OnAvailabilityChanged;
        NetworkChange.NetworkAddressChanged -= OnAddressChanged;
    }

    private void OnAddressChanged(object? sender, EventArgs arguments) => _changed();

    private void OnAvailabilityChanged(object? sender, NetworkAvailabilityEventArgs arguments) => _changed();
}
