namespace ResumableDownload.Storage;

/// <summary>Brings the partial file to stable storage every few seconds while others write, and notes in the journal how far.</summary>
internal sealed class BackgroundFlush(DiskFile partial, Journal journal, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>What is not flushed is read again when a killed download goes on; so much takes a few hundredths of a second.</summary>
    private const long MostUnflushed = 64 << 20;

    private Task _running = Task.CompletedTask;
    private long _since = time.GetTimestamp();
    private long _unflushed;

    /// <summary>Counts bytes that were written and journaled, and begins a flush when one is due.</summary>
    /// <exception cref="IOException">An earlier flush failed.</exception>
    public void Note(long bytes)
    {
        _unflushed += bytes;
        if (_running.IsCompleted)
        {
            _running.GetAwaiter().GetResult();
            if (_unflushed >= MostUnflushed || time.GetElapsedTime(_since) >= Interval)
            {
                (_unflushed, _since) = (0, time.GetTimestamp());
                _running = FlushAsync();
            }
        }
    }

    /// <summary>The flush that is under way.</summary>
    public Task Running => _running;

    /// <summary>Flushes everything, the journal last: then even a power cut in mid-commit leaves a proof of the whole.</summary>
    public Task SealAsync() => _running = AfterAsync(_running, FlushAsync);

    /// <summary>Flushes the partial file only. A journal that is about to be replaced may hold lines that were found void: it must not be marked.</summary>
    public Task FlushPartialAsync() => _running = AfterAsync(_running, FlushOrVoidAsync);

    private static async Task AfterAsync(Task former, Func<Task> next)
    {
        await former.ConfigureAwait(false);
        await next().ConfigureAwait(false);
    }

    private async Task FlushAsync()
    {
        // Noted before the fsync begins: a line that is appended meanwhile may speak of bytes that it does not cover.
        var covered = journal.End;
        await FlushOrVoidAsync().ConfigureAwait(false);
        await journal.AppendFlushedAsync(covered).ConfigureAwait(false);

        // A mark that a power cut takes away again would have the same bytes fetched twice.
        await journal.FlushAsync().ConfigureAwait(false);
    }

    private async Task FlushOrVoidAsync()
    {
        try
        {
            await partial.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await journal.VoidUnflushedAsync(exception).ConfigureAwait(false);
            throw;
        }
    }
}
