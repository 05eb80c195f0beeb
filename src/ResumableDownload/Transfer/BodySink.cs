using ResumableDownload.Protocol;
using ResumableDownload.Storage;

namespace ResumableDownload.Transfer;

/// <summary>Where a judged body goes: what is missing is written, what is kept already is compared.</summary>
internal sealed class BodySink(PartialFile partial, ResponseDecision.WriteAt plan, Func<ValueTask> begin)
{
    private bool _hasBegun = plan.Continues;

    /// <summary>How many bytes were new.</summary>
    public long Gained { get; private set; }

    /// <summary>Takes bytes of the body; <see langword="false"/> when they differ from what is kept.</summary>
    public async ValueTask<bool> TakeAsync(long offset, ReadOnlyMemory<byte> bytes)
    {
        await BeginAsync().ConfigureAwait(false);
        while (!bytes.IsEmpty)
        {
            var (run, isThere) = partial.Checkpoint!.Received.RunAt(offset, offset + bytes.Length);
            var piece = bytes[..(int)run.Length];
            if (!isThere)
            {
                await partial.WriteAsync(offset, piece).ConfigureAwait(false);
                Gained += run.Length;
            }
            else if (!await partial.HoldsAsync(offset, piece).ConfigureAwait(false))
            {
                return false;
            }

            (offset, bytes) = (run.End, bytes[piece.Length..]);
        }

        return true;
    }

    /// <summary>The body ended here, whole.</summary>
    public async ValueTask EndAsync(long length)
    {
        await BeginAsync().ConfigureAwait(false);
        if (plan.End is null)
        {
            await partial.NoteLengthAsync(length).ConfigureAwait(false);
        }
    }

    // Not before a byte is here, or it is known that there will be none: until then the former generation lives.
    private async ValueTask BeginAsync()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            await begin().ConfigureAwait(false);
        }
    }
}
