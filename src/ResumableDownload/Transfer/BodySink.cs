using ResumableDownload.Protocol;
using ResumableDownload.Storage;

namespace ResumableDownload.Transfer;

/// <summary>Where a judged body goes: what is missing is written, what is kept already is compared.</summary>
internal sealed class BodySink(PartialFile partial, ResponseDecision.WriteAt plan, Func<CancellationToken, ValueTask> begin, Tally tally)
{
    private bool _hasBegun = plan.Continues;

    /// <summary>How many bytes were new.</summary>
    public long Gained { get; private set; }

    /// <summary>Takes bytes of the body; <see langword="false"/> when they differ from what is kept.</summary>
    public async ValueTask<bool> TakeAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            var (run, isThere) = partial.Checkpoint!.Received.RunAt(offset, offset + bytes.Length);
            var piece = bytes[..(int)run.Length];
            if (!isThere)
            {
                await partial.WriteAsync(offset, piece, cancellationToken).ConfigureAwait(false);
                Gained += run.Length;
                tally.OnGain?.Invoke();
            }
            else if (!await partial.HoldsAsync(offset, piece).ConfigureAwait(false))
            {
                return false;
            }

            (offset, bytes) = (run.End, bytes[piece.Length..]);
        }

        return true;
    }

    /// <summary>The body ended here, with all it announced; <see langword="false"/> when more than that is kept, so that they cannot be of one representation.</summary>
    public async ValueTask<bool> EndAsync(long length, CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        if (plan.End is not null)
        {
            return true;
        }

        if (length < partial.Checkpoint!.Received.End)
        {
            return false;
        }

        await partial.NoteLengthAsync(length).ConfigureAwait(false);
        return true;
    }

    /// <summary>Makes way for the body. Not before a byte of it is here, or it is known that there will be none: until then the former generation lives.</summary>
    public async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        if (!_hasBegun)
        {
            await begin(cancellationToken).ConfigureAwait(false);
            _hasBegun = true;
        }
    }
}
