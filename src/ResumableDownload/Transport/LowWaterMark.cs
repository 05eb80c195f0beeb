using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ResumableDownload.Transport;

/// <summary>How many bytes must be there before the system wakes up a reader: SO_RCVLOWAT. Linux heeds it when a reader waits for readiness.</summary>
/// <remarks>A watch lowers it under a read that has been pending for some hundredths of a second, so that nothing that came is held back for longer.</remarks>
internal sealed class LowWaterMark : IDisposable
{
    private const int SocketLevel = 1;
    private const int ReceiveLowWater = 18;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(30);

    private readonly Lock _gate = new();
    private readonly Socket _socket;
    private readonly ITimer _watch;
    private bool _isWatching;
    private bool _isPending;
    private bool _isOverdue;
    private int _mark = 1;

    public LowWaterMark(Socket socket, TimeProvider time)
    {
        _socket = socket;
        _watch = time.CreateTimer(static self => ((LowWaterMark)self!).Watch(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether this system has such a mark, under the numbers that are used here.</summary>
    public static bool IsThere { get; } = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>A read begins that should not wake up for less than so many bytes.</summary>
    public void Begin(int mark)
    {
        lock (_gate)
        {
            (_isPending, _isOverdue) = (true, false);
            Set(mark);
            if (mark > 1 && !_isWatching)
            {
                Tick(_isWatching = true);
            }
        }
    }

    /// <summary>The read has ended.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isPending = false;
        }
    }

    public void Dispose() => _watch.Dispose();

    private void Watch()
    {
        lock (_gate)
        {
            if (_isPending && _isOverdue)
            {
                // This also wakes up the reader for what is there already.
                Set(1);
            }

            // The last tick finds nothing to watch: no read since the one before.
            if (_isOverdue)
            {
                Tick(_isWatching = false);
            }

            _isOverdue = true;
        }
    }

    private void Tick(bool on) => _watch.Change(on ? Patience : Timeout.InfiniteTimeSpan, on ? Patience : Timeout.InfiniteTimeSpan);

    private void Set(int mark)
    {
        if (mark == _mark)
        {
            return;
        }

        try
        {
            _socket.SetRawSocketOption(SocketLevel, ReceiveLowWater, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in mark)));
            _mark = mark;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // A connection that is gone has nothing to gather.
        }
    }
}
