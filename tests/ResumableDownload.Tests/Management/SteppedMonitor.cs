using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ResumableDownload.Tests.Management;

/// <summary>A monitor that knows when a switch was taken in, and whose looks at the network a test can prolong.</summary>
internal sealed class SteppedMonitor : INetworkMonitor
{
    private readonly Channel<(NetworkKind Kind, TaskCompletionSource TakenIn)> _switches = Channel.CreateUnbounded<(NetworkKind, TaskCompletionSource)>();
    private volatile int _kind;

    /// <summary>Called between a look and its answer.</summary>
    public Action? OnLook { get; set; }

    /// <summary>How often somebody looked.</summary>
    public int Looks { get; private set; }

    public NetworkKind Current
    {
        get
        {
            var kind = (NetworkKind)_kind;
            Looks++;
            OnLook?.Invoke();
            return kind;
        }
    }

    public async IAsyncEnumerable<NetworkKind> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (kind, takenIn) in _switches.Reader.ReadAllAsync(cancellationToken))
        {
            yield return kind;
            takenIn.SetResult();
        }
    }

    /// <summary>Switches, and waits until the manager has done all that it does about it at once.</summary>
    public Task SwitchAsync(NetworkKind kind)
    {
        _kind = (int)kind;
        var takenIn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _switches.Writer.TryWrite((kind, takenIn));
        return ManagerBench.Soon(takenIn.Task);
    }
}
