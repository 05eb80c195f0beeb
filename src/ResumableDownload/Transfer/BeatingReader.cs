using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace ResumableDownload.Transfer;

/// <summary>Reads a body so that the reader wakes up now and then while nothing comes: to write what is due, to notice a stall, to report.</summary>
/// <remarks>One read is pending at a time, and stays so across beats. Nothing is allocated for a read.</remarks>
internal sealed class BeatingReader : IValueTaskSource<int>, IDisposable
{
    /// <summary>What a read returns when it is still pending but time has passed.</summary>
    public const int Beat = -1;

    /// <summary>About two seconds.</summary>
    private const int MostBeatsToEnd = 40;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Stream _body;
    private readonly ITimer _timer;
    private readonly Action _onRead;
    private ManualResetValueTaskSourceCore<bool> _wake;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _read;
    private bool _hasRead;
    private bool _hasBeat;
    private bool _isAwaited;

    public BeatingReader(Stream body, TimeProvider time)
    {
        _body = body;
        _onRead = () => Signal(ref _hasRead);
        _timer = time.CreateTimer(static self => ((BeatingReader)self!).Signal(ref ((BeatingReader)self!)._hasBeat), this, Interval, Interval);
    }

    /// <summary>Whether a read has been begun and not yet returned: its buffer must stay as it is.</summary>
    public bool IsPending { get; private set; }

    /// <summary>Reads into a buffer, or goes on waiting for the read that is pending; <see cref="Beat"/> when time has passed.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!IsPending)
        {
            var read = _body.ReadAsync(buffer, cancellationToken);
            if (read.IsCompleted)
            {
                return read;
            }

            Await(read);
        }

        lock (_gate)
        {
            if (!_hasRead && !_hasBeat)
            {
                _wake.Reset();
                _isAwaited = true;
                return new(this, _wake.Version);
            }
        }

        return new(Take());
    }

    /// <summary>Waits a while for a pending read whose token was cancelled; <see langword="false"/> when it does not end.</summary>
    public async ValueTask<bool> EndAsync()
    {
        try
        {
            for (var beats = 0; IsPending && beats < MostBeatsToEnd; beats++)
            {
                await ReadAsync(default, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // It was told to end.
        }

        return !IsPending;
    }

    public void Dispose() => _timer.Dispose();

    int IValueTaskSource<int>.GetResult(short token)
    {
        _wake.GetResult(token);
        return Take();
    }

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _wake.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wake.OnCompleted(continuation, state, token, flags);

    // No other thread knows of this read before its continuation is registered, so its flag needs no gate yet.
    private void Await(ValueTask<int> read)
    {
        IsPending = true;
        _hasRead = false;
        _read = read.ConfigureAwait(false).GetAwaiter();
        _read.UnsafeOnCompleted(_onRead);
    }

    private int Take()
    {
        lock (_gate)
        {
            _hasBeat = false;
            if (!_hasRead)
            {
                return Beat;
            }
        }

        IsPending = false;
        return _read.GetResult();
    }

    private void Signal(ref bool flag)
    {
        lock (_gate)
        {
            flag = true;
            if (!_isAwaited)
            {
                return;
            }

            _isAwaited = false;
        }

        _wake.SetResult(true);
    }
}
