using System.Runtime.CompilerServices;
using ResumableDownload.Planning;
using ResumableDownload.Protocol;

namespace ResumableDownload.Transfer;

/// <summary>Brings one body from the wire to the disk.</summary>
internal sealed class BodyTransfer : IDisposable
{
    private readonly BodyContext _context;
    private readonly ResponseDecision.WriteAt _plan;
    private readonly BodySink _sink;
    private readonly Segment _segment;
    private readonly BeatingReader _reader;
    private readonly WriteBuffer _buffer;
    private readonly PendingWrites _pending;
    private readonly StallWindow _stall;
    private readonly BodyPace _pace;
    private readonly CancellationTokenSource _stop;

    public BodyTransfer(BodyContext context, Stream body, ResponseDecision.WriteAt plan, BodySink sink, Segment segment, CancellationToken cancellationToken)
    {
        (_context, _plan, _sink, _segment) = (context, plan, sink, segment);
        _reader = new(body, context.Time);
        _buffer = new(plan.Offset, Limit == long.MaxValue ? long.MaxValue : Limit - plan.Offset + 1);
        _pending = new(_buffer, sink, context.Time);
        _stall = new(context.Settings.Stall.Window, context.Settings.Stall.LeastBytes);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, segment.Stop);
        _pace = context.Pace.Join(() => _pending.UntilDue, _stop.Token);
    }

    /// <summary>How many bytes of the body still come before its first one that was asked for.</summary>
    public long Unwanted { get; set; }

    /// <summary>What broke the connection, when something did.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Where the body ends at the latest: as it announced, or as the caller accepts.</summary>
    private long Limit => _plan.End ?? Math.Min(_context.Settings.Limits.ExpectedLength ?? long.MaxValue, _context.Settings.Limits.MaxLength ?? long.MaxValue);

    /// <summary>Reads to the end, or to where another connection's range begins. What came is written whatever happens on the wire, and cancellation waits for no more than that.</summary>
    public async ValueTask<BodyEnd> RunAsync(CancellationToken cancellationToken)
    {
        _context.Tally.BeginBody();
        try
        {
            var end = await ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            return await FinishAsync(end, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _context.Tally.EndBody();
            await StopReadingAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _pace.Dispose();
        _reader.Dispose();
        _buffer.Dispose();
        _stop.Dispose();
    }

    private async ValueTask<BodyEnd> ReadToEndAsync(CancellationToken cancellationToken)
    {
        if (await PauseAsync(cancellationToken).ConfigureAwait(false) is { } early)
        {
            return early;
        }

        while (!_stop.IsCancellationRequested)
        {
            var asked = _context.Time.GetTimestamp();
            var count = await ReadAsync().ConfigureAwait(false);
            var waited = _context.Time.GetElapsedTime(asked);
            if (count is null or 0)
            {
                return count is null ? BodyEnd.Cut : EndOfStream();
            }

            if (await TakeAsync(count.Value, cancellationToken).ConfigureAwait(false) is { } end)
            {
                return end;
            }

            if (_stall.Note(Math.Max(0, count.Value), waited))
            {
                return BodyEnd.Stalled;
            }
        }

        return BodyEnd.Cut;
    }

    /// <summary>One read, or one beat; <see langword="null"/> when the connection broke. Whatever a read throws is the network's fault: writes are outside.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int?> ReadAsync()
    {
        try
        {
            return await _reader.ReadAsync(_buffer.Free(Math.Min(_pace.ReadSize, MayStillCome())), _stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fault = exception;
            return null;
        }
    }

    // One byte more than announced: then too long a body shows itself, and the end of a right one is seen. Where another connection has taken
    // the later part there is always a byte to ask for, and what is too much is dropped.
    private long MayStillCome()
    {
        var end = _segment.End;
        return Unwanted > 0 ? Unwanted : end < Limit ? Math.Max(1, end - _buffer.End) : Limit == long.MaxValue ? long.MaxValue : Limit - _buffer.End + 1;
    }

    /// <summary>Counts what came, and writes what is due; the end if this was it.</summary>
    private async ValueTask<BodyEnd?> TakeAsync(int count, CancellationToken cancellationToken)
    {
        if (count > 0 && await AcceptAsync(count, cancellationToken).ConfigureAwait(false) is { } end)
        {
            return end;
        }

        if (IsHanded())
        {
            return BodyEnd.Handed;
        }

        if (_pending.IsDue && !await WriteOutAsync(cancellationToken).ConfigureAwait(false))
        {
            return BodyEnd.Differs;
        }

        _context.Progress.Report(_context.Partial);
        return await PauseAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<BodyEnd?> AcceptAsync(int count, CancellationToken cancellationToken)
    {
        _context.Tally.CountFetched(count);
        _pace.Pay(count);
        if (Unwanted > 0)
        {
            // The stall guard and the speed limit see it; what is kept does not, and lives on.
            Unwanted -= count;
            return null;
        }

        _pending.Add(count);
        if (_buffer.End > Limit)
        {
            _buffer.Drop();
            return _plan.End is null ? BodyEnd.OverLimit : BodyEnd.TooMuch;
        }

        await _sink.BeginAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    private bool IsHanded()
    {
        var end = _segment.Reach(_buffer.End);
        if (_buffer.End > end)
        {
            _buffer.Cut(end);
        }

        return _buffer.End == end && end < Limit;
    }

    /// <summary>Waits as the speed limit wants, and writes what should not wait so long; the end if it came meanwhile.</summary>
    private async ValueTask<BodyEnd?> PauseAsync(CancellationToken cancellationToken)
    {
        while (!await _pace.WaitAsync().ConfigureAwait(false))
        {
            if (_stop.IsCancellationRequested)
            {
                return BodyEnd.Cut;
            }

            if (!await WriteOutAsync(cancellationToken).ConfigureAwait(false))
            {
                return BodyEnd.Differs;
            }

            _context.Progress.Report(_context.Partial);
        }

        return null;
    }

    private BodyEnd EndOfStream()
    {
        if (_plan.End is { } end)
        {
            return _buffer.End == end ? BodyEnd.Whole : BodyEnd.Cut;
        }

        // A marked end short of the length that the caller knows is a cut.
        var expected = _context.Settings.Limits.ExpectedLength;
        return _buffer.End == expected || (_plan.EndIsMarked && expected is null) ? BodyEnd.Whole : _plan.EndIsMarked ? BodyEnd.Cut : BodyEnd.Unmarked;
    }

    private async ValueTask<BodyEnd> FinishAsync(BodyEnd end, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            await _pending.KeepAsync(mayRewind: !_reader.IsPending).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (!await WriteOutAsync(cancellationToken).ConfigureAwait(false))
        {
            return BodyEnd.Differs;
        }

        return end != BodyEnd.Whole || await _sink.EndAsync(_buffer.End, cancellationToken).ConfigureAwait(false) ? end : BodyEnd.Differs;
    }

    private ValueTask<bool> WriteOutAsync(CancellationToken cancellationToken) => _pending.WriteOutAsync(mayRewind: !_reader.IsPending, cancellationToken);

    // The pending read still owns its buffer. Cancelling ends it at once; disposing the answer would wait for the rest of the body. A stream
    // that takes no notice (a caller's own handler may bring one) is left alone with the buffer after a while.
    private async ValueTask StopReadingAsync()
    {
        if (_reader.IsPending)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            if (!await _reader.EndAsync().ConfigureAwait(false))
            {
                _buffer.Abandon();
            }
        }
    }
}
