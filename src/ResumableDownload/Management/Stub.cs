#pragma warning disable
using ResumableDownload.Storage;
namespace ResumableDownload
{
    /// <summary>s</summary>
    public sealed record SavedDownload
    {
        /// <summary>s</summary>
        public Guid Id { get; init; }
        /// <summary>s</summary>
        public Uri? Source { get; init; }
        /// <summary>s</summary>
        public string Destination { get; init; } = "";
        /// <summary>s</summary>
        public int Priority { get; init; }
        /// <summary>s</summary>
        public bool IsStarted { get; init; }
        /// <summary>s</summary>
        public DownloadState State { get; init; }
        /// <summary>s</summary>
        public DownloadRequest ToRequest() => new(Source!, Destination);
        internal static SavedDownload Of(Guid id, DownloadRequest request, int priority, bool isStarted, DownloadState state) => new() { Id = id, Source = request.Source, Destination = request.Destination, Priority = priority, IsStarted = isStarted, State = state };
    }
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
    internal sealed class QueueFile : IDisposable
    {
        public string Path { get; init; } = "";
        public bool IsDamaged { get; init; }
        public IEnumerable<(SavedDownload Saved, long Order)> Saved { get; init; } = [];
        public static QueueFile Open(Disk disk, string path) => new() { Path = path };
        public void Add(SavedDownload saved, long order) { }
        public void SetState(Guid id, DownloadState state, bool isStarted) { }
        public void SetPriority(Guid id, int priority) { }
        public void End(Guid id) { }
        public Task FlushAsync() => Task.CompletedTask;
        public void Dispose() { }
    }
    internal sealed class SystemNetworkMonitor(TimeProvider time) : INetworkMonitor
    {
        public NetworkKind Current => time is null ? NetworkKind.None : NetworkKind.Unknown;
        public async IAsyncEnumerable<NetworkKind> WatchAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken) { await Task.Delay(-1, cancellationToken); yield break; }
    }
}
