#pragma warning disable
using ResumableDownload.Storage;
namespace ResumableDownload
{
    /// <summary>s</summary>
    public enum NetworkKind
    {
        /// <summary>s</summary>
        Unknown,
        /// <summary>s</summary>
        None,
        /// <summary>s</summary>
        Metered,
        /// <summary>s</summary>
        Unmetered,
    }
    /// <summary>s</summary>
    public interface INetworkMonitor
    {
        /// <summary>s</summary>
        NetworkKind Current { get; }
        /// <summary>s</summary>
        IAsyncEnumerable<NetworkKind> WatchAsync(CancellationToken cancellationToken);
    }
}
namespace ResumableDownload.Management
{
    internal sealed class SystemNetworkMonitor(TimeProvider time) : INetworkMonitor
    {
        public NetworkKind Current => time is null ? NetworkKind.None : NetworkKind.Unknown;
        public async IAsyncEnumerable<NetworkKind> WatchAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken) { await Task.Delay(-1, cancellationToken); yield break; }
    }
}
