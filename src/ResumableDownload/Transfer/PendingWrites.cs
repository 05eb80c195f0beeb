namespace ResumableDownload.Transfer;

/// <summary>What was read of a body, and waits to be written with more.</summary>
internal sealed class PendingWrites(WriteBuffer buffer, BodySink sink, TimeProvider time)
{
    /// <summary>Bytes wait no longer than this for others.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);

    private long _since;

    public bool IsDue => buffer.IsFull || UntilDue <= TimeSpan.Zero;

    /// <summary>How long what was read may still wait; <see langword="null"/> when there is nothing.</summary>
    public TimeSpan? UntilDue => buffer.HasUnwritten ? Longest - time.GetElapsedTime(_since) : null;

    public void Add(int count)
    {
        _since = buffer.HasUnwritten ? _since : time.GetTimestamp();
        buffer.Add(count);
    }

    /// <summary>Writes all of it; <see langword="false"/> when it differs from what is kept.</summary>
    /// <param name="mayRewind">Whether no read into the buffer is pending.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async ValueTask<bool> WriteOutAsync(bool mayRewind, CancellationToken cancellationToken)
    {
        if (!buffer.HasUnwritten)
        {
            return true;
        }

        var agrees = await sink.TakeAsync(buffer.UnwrittenOffset, buffer.Unwritten, cancellationToken).ConfigureAwait(false);
        buffer.MarkWritten(mayRewind);
        return agrees;
    }

    /// <summary>Writes all of it for a caller who has cancelled.</summary>
    public async ValueTask KeepAsync(bool mayRewind)
    {
        try
        {
            await WriteOutAsync(mayRewind, CancellationToken.None).ConfigureAwait(false);
        }
        catch (DownloadException)
        {
            // The caller asked for the end, not for the disk's troubles; what is not journaled is fetched again.
        }
    }
}
