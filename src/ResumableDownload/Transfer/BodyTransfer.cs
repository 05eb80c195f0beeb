using ResumableDownload.Planning;
using ResumableDownload.Protocol;

namespace ResumableDownload.Transfer;

/// <summary>Brings one body from the wire to the disk.</summary>
internal sealed class BodyTransfer : IDisposable
{
    /// <summary>Bytes wait no longer than this for others to be written with.</summary>
    private static readonly TimeSpan LongestGathering = TimeSpan.FromMilliseconds(200);

    /// <summary>About two seconds.</summary>
    private const int MostBeatsToStop = 40;

    private readonly BodyContext _context;
    private readonly ResponseDecision.WriteAt _plan;
    private readonly BodySink _sink;
    private readonly BeatingReader _reader;
    private readonly WriteBuffer _buffer;
    private readonly StallWindow _stall;
    private readonly CancellationTokenSource _stop;
    private long _gatheredSince;

    public BodyTransfer(BodyContext context, Stream body, ResponseDecision.WriteAt plan, BodySink sink, CancellationToken cancellationToken)
    {
        (_context, _plan, _sink) = (context, plan, sink);
        _reader = new(body, context.Time);
        _buffer = new(plan.Offset);
        _stall = new(context.Settings.Stall.Window, context.Settings.Stall.LeastBytes);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>How many bytes of the body still come before its first one that was asked for.</summary>
    public long Unwanted { get; set; }

    /// <summary>What broke the connection, when something did.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Where the body ends at the latest: as it announced, or as the caller accepts.</summary>
    private long Limit => _plan.End ?? Math.Min(_context.Settings.Limits.ExpectedLength ?? long.MaxValue, _context.Settings.Limits.MaxLength ?? long.MaxValue);

    /// <summary>Reads to the end. What came is written whatever happens on the wire, and cancellation waits for no more than that.</summary>
    public async ValueTask<BodyEnd> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var end = await ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            return await FinishAsync(end, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await StopReadingAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _buffer.Dispose();
        _stop.Dispose();
    }

    private async ValueTask<BodyEnd> ReadToEndAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
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
    private async ValueTask<int?> ReadAsync()
    {
        if (!_reader.IsPending && !_buffer.HasUnwritten)
        {
            _buffer.MarkWritten(mayRewind: true);
        }

        try
        {
            // One byte more than announced: then too long a body shows itself, and the end of a right one is seen.
            return await _reader.ReadAsync(_buffer.Free(Math.Min(_context.ReadSize, MayStillCome())), _stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fault = exception;
            return null;
        }
    }

    private long MayStillCome() => Unwanted > 0 ? Unwanted : Limit == long.MaxValue ? long.MaxValue : Limit - _buffer.End + 1;

    /// <summary>Counts what came, and writes what is due; the end if this was it.</summary>
    private async ValueTask<BodyEnd?> TakeAsync(int count, CancellationToken cancellationToken)
    {
        if (count > 0 && await GatherAsync(count, cancellationToken).ConfigureAwait(false) is { } end)
        {
            return end;
        }

        var wait = count > 0 ? _context.Pause(count) : TimeSpan.Zero;
        if ((_buffer.IsFull || IsDue(wait)) && !await WriteOutAsync(cancellationToken).ConfigureAwait(false))
        {
            return BodyEnd.Differs;
        }

        _context.Progress.Report(_context.Partial.Checkpoint);
        return wait > TimeSpan.Zero && !await PauseAsync(wait, cancellationToken).ConfigureAwait(false) ? BodyEnd.Cut : null;
    }

    private async ValueTask<BodyEnd?> GatherAsync(int count, CancellationToken cancellationToken)
    {
        _context.Tally.CountFetched(count);
        if (Unwanted > 0)
        {
            // The stall guard and the speed limit see it; what is kept does not, and lives on.
            Unwanted -= count;
            return null;
        }

        _gatheredSince = _buffer.HasUnwritten ? _gatheredSince : _context.Time.GetTimestamp();
        _buffer.Add(count);
        if (_buffer.End > Limit)
        {
            _buffer.Drop();
            return _plan.End is null ? BodyEnd.OverLimit : BodyEnd.TooMuch;
        }

        await _sink.BeginAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Waits as the speed limit wants; <see langword="false"/> when it was cancelled meanwhile.</summary>
    private async ValueTask<bool> PauseAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        await Task.Delay(wait, _context.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    private bool IsDue(TimeSpan wait) => _buffer.HasUnwritten && _context.Time.GetElapsedTime(_gatheredSince) + wait >= LongestGathering;

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
            await KeepAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (!await WriteOutAsync(cancellationToken).ConfigureAwait(false))
        {
            return BodyEnd.Differs;
        }

        return end != BodyEnd.Whole || await _sink.EndAsync(_buffer.End, cancellationToken).ConfigureAwait(false) ? end : BodyEnd.Differs;
    }

    private async ValueTask KeepAsync()
    {
        try
        {
            await WriteOutAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (DownloadException)
        {
            // The caller asked for the end, not for the disk's troubles; what is not journaled is fetched again.
        }
    }

    private async ValueTask<bool> WriteOutAsync(CancellationToken cancellationToken)
    {
        if (!_buffer.HasUnwritten)
        {
            return true;
        }

        var agrees = await _sink.TakeAsync(_buffer.UnwrittenOffset, _buffer.Unwritten, cancellationToken).ConfigureAwait(false);
        _buffer.MarkWritten(mayRewind: !_reader.IsPending);
        return agrees;
    }

    // The pending read still owns its buffer. Cancelling ends it at once; disposing the answer would wait for the rest of the body. A stream
    // that takes no notice (a caller's own handler may bring one) is left alone with the buffer after a while.
    private async ValueTask StopReadingAsync()
    {
        if (!_reader.IsPending)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            for (var beats = 0; _reader.IsPending && beats < MostBeatsToStop; beats++)
            {
                await _reader.ReadAsync(default, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // It was told to end.
        }

        if (_reader.IsPending)
        {
            _buffer.Abandon();
        }
    }
}
