using ResumableDownload.Model;
using ResumableDownload.Planning;
using ResumableDownload.Protocol;

namespace ResumableDownload.Transfer;

/// <summary>What the first connection asks next, and the range that it holds meanwhile.</summary>
internal sealed class LeadQuestion(SessionContext context, SessionState state, SegmentBoard board)
{
    /// <summary>How fast this connection brought its last range, in bytes per second; zero when that is not known.</summary>
    public ConnectionPast Past { get; set; }

    private TransferSettings Settings => context.Body.Settings;

    /// <summary>The next question; <see langword="null"/> when the others have brought everything. Waits while they hold all that is missing.</summary>
    /// <exception cref="DownloadException">Nothing may be asked.</exception>
    public async ValueTask<(Question Asked, Segment Segment)?> NextAsync(SegmentCrew crew, CancellationToken cancellationToken)
    {
        while (true)
        {
            var woken = crew.Lead.Woken;
            if (Take(crew, cancellationToken) is not { } segment)
            {
                if (context.Body.Partial.Checkpoint is { IsWhole: true })
                {
                    return null;
                }

                await LeadNotice.WaitAsync(woken, context.Body.Time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (await TryAsync(segment, crew, cancellationToken).ConfigureAwait(false) is { } next)
            {
                return (next with { Signature = context.Address.Signature }, segment);
            }
        }
    }

    private Segment? Take(SegmentCrew crew, CancellationToken stop)
    {
        var segment = crew.IsFull ? null : board.Take(Past.Speed, crew.Size.CostOf(Past)) ?? (crew.IsWorking ? null : board.TakeAll());
        if (segment is not null)
        {
            segment.Stop = stop;
        }

        return segment;
    }

    /// <summary>The question about a range; <see langword="null"/> when it is to be thought over, and the range was given back.</summary>
    private async ValueTask<Question?> TryAsync(Segment segment, SegmentCrew crew, CancellationToken cancellationToken)
    {
        var isAsked = false;
        try
        {
            var next = Choose(board.GapOf(segment), isBesideOthers: crew.IsWorking);
            if (!next.Request.IsPartial && crew.IsWorking)
            {
                // The whole leaves nothing to others.
                await crew.DisbandAsync().ConfigureAwait(false);
                return null;
            }

            isAsked = await IsProvedAsync(next, segment.Start, cancellationToken).ConfigureAwait(false);
            return isAsked ? next : null;
        }
        finally
        {
            if (!isAsked)
            {
                board.Release(segment);
            }
        }
    }

    private Question Choose((long Start, long? End) gap, bool isBesideOthers)
    {
        // However little there is so far, the others are about to bring more.
        var intention = isBesideOthers ? state.Intention with { ResumesAnything = true } : state.Intention;
        var next = NextQuestion.Choose(context.Body.Partial.Kept, gap, state.Traits, intention, Settings.Condition, Settings.Limits);
        return NextQuestion.RefusalOf(next) is { } refusal ? throw new DownloadException(refusal.Failure, refusal.Why) : next;
    }

    // Bytes that are to be evidence are held against the journal first.
    private async ValueTask<bool> IsProvedAsync(Question next, long start, CancellationToken cancellationToken) =>
        !next.SeeksEvidence || await context.Body.Partial.ReproveAsync(new(next.Request.Start, start), cancellationToken).ConfigureAwait(false) == 0;
}
