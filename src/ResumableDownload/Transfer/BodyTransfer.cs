using ResumableDownload.Planning;
using ResumableDownload.Protocol;

namespace ResumableDownload.Transfer;

/// <summary>Brings one body from the wire to the disk.</summary>
internal sealed class BodyTransfer : IDisposable
{
    /// <summary>Bytes wait no longer than this for others to be written with.</summary>
    private static readonly TimeSpan LongestGathering = TimeSpan.FromMilliseconds(200);

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

    /// <summary>What broke the connection, when something did.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Where the body ends at the latest: as it announced, or as the caller accepts.</summary>
    private long Limit => _plan.End ?? Math.Min(_context.Settings.Limits.ExpectedLength ?? long.MaxValue, _context.Settings.Limits.MaxLength ?? long.MaxValue);

    /// <summary>Reads to the end. What came is written whatever happens, and cancellation waits for no more than that.</summary>
    public async ValueTask<BodyEnd> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var end = await ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            return await FinishAsync(end).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await WriteOutAsync().ConfigureAwait(false);
            throw;
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
        while (true)
        {
            var asked = _context.Time.GetTimestamp();
            var count = await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (count is null or 0)
            {
                return count is null ? BodyEnd.Cut : EndOfStream();
            }

            if (_stall.Note(Math.Max(0, count.Value), _context.Time.GetElapsedTime(asked)))
            {
                return BodyEnd.Stalled;
            }

            if (await TakeAsync(count.Value, cancellationToken).ConfigureAwait(false) is { } end)
            {
                return end;
            }
        }
    }

    /// <summary>One read, or one beat; <see langword="null"/> when the connection broke. Only a failed read is the network's fault: writes are outside.</summary>
    private async ValueTask<int?> ReadAsync(CancellationToken cancellationToken)
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
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException or InvalidDataException
            && !cancellationToken.IsCancellationRequested)
        {
            Fault = exception;
            return null;
        }
    }

    private long MayStillCome() => Limit == long.MaxValue ? long.MaxValue : Limit - _buffer.End + 1;

    /// <summary>Counts what came, and writes what is due; the end if this was it.</summary>
    private async ValueTask<BodyEnd?> TakeAsync(int count, CancellationToken cancellationToken)
    {
        if (count > 0)
        {
            _gatheredSince = _buffer.HasUnwritten ? _gatheredSince : _context.Time.GetTimestamp();
            _buffer.Add(count);
            _context.Tally.CountFetched(count);
            if (_buffer.End > Limit)
            {
                _buffer.Drop();
                return _plan.End is null ? BodyEnd.OverLimit : BodyEnd.TooMuch;
            }
        }

        var wait = count > 0 ? _context.Pause(count) : TimeSpan.Zero;
        if ((_buffer.IsFull || IsDue(wait)) && !await WriteOutAsync().ConfigureAwait(false))
        {
            return BodyEnd.Differs;
        }

        _context.Progress.Report(_context.Partial.Checkpoint);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _context.Time, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private bool IsDue(TimeSpan wait) => _buffer.HasUnwritten && _context.Time.GetElapsedTime(_gatheredSince) + wait >= LongestGathering;

    private BodyEnd EndOfStream()
    {
        if (_plan.End is { } end)
        {
            return _buffer.End == end ? BodyEnd.Whole : BodyEnd.Cut;
        }

        return _plan.EndIsMarked || _buffer.End == _context.Settings.Limits.ExpectedLength ? BodyEnd.Whole : BodyEnd.Unmarked;
    }

    private async ValueTask<BodyEnd> FinishAsync(BodyEnd end)
    {
        if (!await WriteOutAsync().ConfigureAwait(false))
        {
            return BodyEnd.Differs;
        }

        if (end == BodyEnd.Whole)
        {
            await _sink.EndAsync(_buffer.End).ConfigureAwait(false);
        }

        return end;
    }

    private async ValueTask<bool> WriteOutAsync()
    {
        if (!_buffer.HasUnwritten)
        {
            return true;
        }

        var agrees = await _sink.TakeAsync(_buffer.UnwrittenOffset, _buffer.Unwritten).ConfigureAwait(false);
        _buffer.MarkWritten(mayRewind: !_reader.IsPending);
        return agrees;
    }

    // The pending read still owns its buffer. Cancelling ends it at once; disposing the answer would wait for the rest of the body.
    private async ValueTask StopReadingAsync()
    {
        if (!_reader.IsPending)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            while (await _reader.ReadAsync(default, CancellationToken.None).ConfigureAwait(false) == BeatingReader.Beat)
            {
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            // It was told to end.
        }
    }
}
