using System.Threading.Channels;

namespace ResumableDownload.Tests.Management;

/// <summary>A network that is switched while somebody looks at it.</summary>
internal sealed class HookedMonitor(NetworkKind first = NetworkKind.Unknown) : INetworkMonitor
{
    private readonly Channel<NetworkKind> _switches = Channel.CreateUnbounded<NetworkKind>();
    private Func<NetworkKind, NetworkKind>? _next;
    private volatile NetworkKind _kind = first;
    private int _looks;

    /// <summary>How often somebody looked at it, or began to.</summary>
    public int Looks => Volatile.Read(ref _looks);

    public NetworkKind Current
    {
        get
        {
            Interlocked.Increment(ref _looks);
            var kind = _kind;
            return Interlocked.Exchange(ref _next, null) is { } hook ? hook(kind) : kind;
        }
    }

    /// <summary>What happens to the next one who looks: given what there was when it began, and tells what it sees.</summary>
    public void OnNextLook(Func<NetworkKind, NetworkKind> hook) => Volatile.Write(ref _next, hook);

    public IAsyncEnumerable<NetworkKind> WatchAsync(CancellationToken cancellationToken) => _switches.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Switches to another network, and waits until the manager has taken it in: the last thing that it does is to look.</summary>
    public void SwitchFully(NetworkKind kind)
    {
        var looks = Looks;
        Switch(kind);
        Assert.True(SpinWait.SpinUntil(() => Looks > looks, TimeSpan.FromSeconds(20)));
    }

    public void Switch(NetworkKind kind)
    {
        _kind = kind;
        _switches.Writer.TryWrite(kind);
    }
}
