using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ResumableDownload.Management;

/// <summary>Watches the network by what .NET tells of its interfaces, which is not what a network costs.</summary>
internal sealed class SystemNetworkMonitor(NetworkSource source, TimeProvider time) : INetworkMonitor
{
    /// <summary>A switch is several events: a link that goes, one that comes, and the addresses of both. What follows the first one within this time belongs to it.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(200);

    // No watcher's code runs where an event is raised: what it sets going there only waits for the burst to end.
    private static readonly BoundedChannelOptions OnlyOne = new(1) { FullMode = BoundedChannelFullMode.DropWrite, AllowSynchronousContinuations = true };

    public SystemNetworkMonitor(TimeProvider time)
        : this(NetworkSource.System, time)
    {
    }

    public NetworkKind Current => KindOf(TryLook());

    public async IAsyncEnumerable<NetworkKind> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var events = Channel.CreateBounded<bool>(OnlyOne);
        using var listening = TryListen(() => events.Writer.TryWrite(true));
        var before = TryLook();
        while (true)
        {
            await events.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(Burst, time, cancellationToken).ConfigureAwait(false);

            // The event is taken before the look: another one from here on means another look.
            events.Reader.TryRead(out _);
            var now = TryLook();

            // A renewed address and, on Linux, each scan for wireless networks are events, too.
            if (now is null || now != before)
            {
                yield return KindOf(now);
            }

            before = now;
        }
    }

    private static NetworkKind KindOf(string? picture) => picture is "" ? NetworkKind.None : NetworkKind.Unknown;

    private string? TryLook()
    {
        try
        {
            return source.Look();
        }
        catch (Exception exception) when (NetworkSource.IsUnsupported(exception))
        {
            return null;
        }
    }

    private IDisposable? TryListen(Action changed)
    {
        try
        {
            return source.Listen(changed);
        }
        catch (Exception exception) when (NetworkSource.IsUnsupported(exception))
        {
            return null;
        }
    }
}
