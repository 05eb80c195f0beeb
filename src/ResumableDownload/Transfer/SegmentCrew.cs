using ResumableDownload.Protocol;

namespace ResumableDownload.Transfer;

/// <summary>The further connections of a download. They come while that pays, and whatever befalls them, the first one can finish alone.</summary>
internal sealed class SegmentCrew : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Task> _members = [];
    private readonly SessionContext _context;
    private readonly SessionState _state;
    private readonly Attempt _attempt;
    private readonly SegmentBoard _board;
    private readonly CancellationToken _cancellationToken;
    private CancellationTokenSource _stop;
    private int _working;
    private bool _mayGrow = true;
    private bool _isDisbanding;

    public SegmentCrew(SessionContext context, SessionState state, Attempt attempt, SegmentBoard board, CancellationToken cancellationToken)
    {
        (_context, _state, _attempt, _board, _cancellationToken) = (context, state, attempt, board, cancellationToken);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Change = new(context.Body.Partial);
        Size = new(board, context.Body.Time);
        Limit = new(context, board);
        Lead = new(cancellationToken);
        board.Beat = Grow;
    }

    /// <summary>How many there may be.</summary>
    public ConnectionLimit Limit { get; }

    /// <summary>What the first connection must hear of the others.</summary>
    public LeadNotice Lead { get; }

    /// <summary>Whether there are any.</summary>
    public bool IsWorking => Volatile.Read(ref _working) > 0;

    /// <summary>Whether there are so many that the first one had better rest.</summary>
    public bool IsFull => Volatile.Read(ref _working) >= Limit.Most;

    /// <summary>Whether any of them has seen a change.</summary>
    public SeenChange Change { get; }

    /// <summary>How many are worth having.</summary>
    public CrewSize Size { get; }

    /// <summary>The next range for a connection that has brought one; <see langword="null"/> when it is to end.</summary>
    public Segment? Next(SegmentConnection connection)
    {
        lock (_gate)
        {
            return MayWork && _working < Limit.Most ? Take(connection) : null;
        }
    }

    /// <summary>Takes a range back; what it told of its connection.</summary>
    public ConnectionPast Release(Segment segment)
    {
        var past = _board.PastOf(segment);
        _board.Release(segment);
        Lead.Wake();
        return past;
    }

    /// <summary>Stops all of them; what they had received is written when this returns.</summary>
    public async ValueTask DisbandAsync()
    {
        Task[] members;
        lock (_gate)
        {
            _isDisbanding = true;
            members = [.. _members];
        }

        if (members.Length > 0)
        {
            StopAll();
            await Task.WhenAll(members).ConfigureAwait(false);
        }

        Renew();
    }

    public async ValueTask DisposeAsync()
    {
        await DisbandAsync().ConfigureAwait(false);
        _board.Beat = null;
        _stop.Dispose();
        Lead.Dispose();
    }

    // In this thread: whoever is stopped writes what it has right here, before time goes on.
    private void StopAll() => _stop.Cancel();

    private void Renew()
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
            {
                _stop.Dispose();
                _stop = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken);
            }

            _isDisbanding = false;
            Size.Restart();
        }
    }

    private void Grow()
    {
        if (!Size.IsDue)
        {
            return;
        }

        while (Join() is var (connection, segment, left))
        {
            _ = WorkAsync(connection, segment, left);
        }
    }

    /// <summary>One more, if one more is wanted and finds something to do.</summary>
    private (SegmentConnection Connection, Segment Segment, TaskCompletionSource Left)? Join()
    {
        lock (_gate)
        {
            if (!IsWanted())
            {
                return null;
            }

            var connection = new SegmentConnection(_context, _state, _attempt, this);
            if (Take(connection) is not { } segment)
            {
                return null;
            }

            var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _members.Add(left.Task);
            _working++;
            return (connection, segment, left);
        }
    }

    // When none delivers, the network is gone, and the first connection has the patience to wait for it.
    private bool IsWanted() =>
        MayWork && _working + 1 < Size.Wanted(Limit.Most) && _board.CountDelivering() > 0 && MayHaveSegments();

    // Whoever joined when all is over, or when the caller has cancelled, would end at once and be wanted again, for ever.
    private bool MayWork => _mayGrow && !_isDisbanding && !_stop.IsCancellationRequested && !Lead.Token.IsCancellationRequested;

    private bool MayHaveSegments() =>
        _context.Body.Partial.Checkpoint is { } kept && Change.AllowsOthers(kept) && NextQuestion.MayHaveSegments(kept, _state.Traits, _context.Body.Settings.Limits);

    private Segment? Take(SegmentConnection connection)
    {
        var segment = _board.Take(connection.Past.Speed, Size.CostOf(connection.Past));
        if (segment is not null)
        {
            segment.Stop = _stop.Token;
        }

        return segment;
    }

    /// <summary>Never throws: what goes wrong is told to the first connection.</summary>
    private async Task WorkAsync(SegmentConnection connection, Segment segment, TaskCompletionSource left)
    {
        try
        {
            Obey(await connection.RunAsync(segment, segment.Stop, _cancellationToken).ConfigureAwait(false), connection);
        }
        catch (OperationCanceledException)
        {
            // It was stopped.
        }
        catch (Exception exception)
        {
            Lead.Fail(exception);
        }
        finally
        {
            Leave(left);
        }
    }

    private void Obey(SegmentVerdict verdict, SegmentConnection connection)
    {
        switch (verdict)
        {
            case SegmentVerdict.Refused:
                Limit.NoteRefusal();
                break;
            case SegmentVerdict.Changed:
                Recall(connection.Seen!);
                break;
            case SegmentVerdict.OneStream:
                _mayGrow = false;
                break;
        }
    }

    // Several may see it before they are stopped. Seen again after that, it is rather a cluster whose nodes disagree; the first connection sticks to one of them.
    private void Recall(ResponseDecision change)
    {
        lock (_gate)
        {
            if (_isDisbanding || Lead.IsRecalled)
            {
                return;
            }

            if (Change.IsSeen)
            {
                _mayGrow = false;
                return;
            }

            Change.Note();
            _isDisbanding = true;
        }

        // Not under the lock: the first connection may go on right here.
        Lead.Recall(change);
    }

    // Told first, then gone: whoever waits for all to be gone takes away what is told with.
    private void Leave(TaskCompletionSource left)
    {
        lock (_gate)
        {
            _working--;
        }

        Lead.Wake(isWhole: _context.Body.Partial.Checkpoint is { IsWhole: true });
        lock (_gate)
        {
            _members.Remove(left.Task);
        }

        left.SetResult();
    }
}
