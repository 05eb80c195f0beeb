using ResumableDownload.Model;
using ResumableDownload.Transport;

namespace ResumableDownload.Transfer;

/// <summary>The address in use. The caller may replace it by a fresh one; all who need one at the same time get the same.</summary>
internal sealed class LiveAddress(OriginAddress first, Func<UriRefresh, CancellationToken, ValueTask<Uri?>>? refresh, TimeProvider time) : IDisposable
{
    /// <summary>A request that is sent later than this before the end may arrive after it.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _lock = new();
    private (DateTimeOffset Date, long At)? _serverClock;
    private bool _wasAskedAhead;

    public OriginAddress Current { get; private set; } = first;

    public SignedAddress? Signature { get; private set; } = SignedAddress.Of(first.Source);

    public bool CanRefresh => refresh is not null;

    /// <summary>Whether a fresh address should be asked for before the next request: once for each address that was used, and by the server's clock.</summary>
    public bool ExpiresSoon =>
        CanRefresh && !_wasAskedAhead && _serverClock is { } clock && Signature?.Expiry is { } expiry && expiry - clock.Date <= Ahead + time.GetElapsedTime(clock.At);

    /// <summary>Sets the server's clock by the date of an answer.</summary>
    public void NoteDate(DateTimeOffset date) => _serverClock = (date, time.GetTimestamp());

    /// <summary>Remembers where the redirects from an address ended.</summary>
    public void Resolve(OriginAddress used, Uri? target)
    {
        lock (_lock)
        {
            if (target is not null && target != used.Source && used.Source == Current.Source)
            {
                Current = Current with { Resolved = target };
            }
        }
    }

    /// <summary>Forgets where the redirects ended; <see langword="false"/> when the address that was used did not rest on that.</summary>
    public bool Unresolve(OriginAddress used)
    {
        lock (_lock)
        {
            if (used.Resolved is not null && Current.Resolved == used.Resolved)
            {
                Current = Current with { Resolved = null };
            }
        }

        return used.Resolved is not null;
    }

    /// <summary>Replaces an address by a fresh one, unless somebody else did meanwhile; <see langword="false"/> when the caller has none.</summary>
    /// <exception cref="DownloadException">The caller's function failed, or gave an address that cannot be used.</exception>
    public async ValueTask<bool> RefreshAsync(OriginAddress used, UriRefresh why, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (used.Source != Current.Source)
            {
                return true;
            }

            _wasAskedAhead |= why.Reason == UriRefreshReason.ExpiresSoon;
            var fresh = await AskAsync(why, cancellationToken).ConfigureAwait(false);
            Use(fresh);
            return fresh is not null;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async ValueTask<Uri?> AskAsync(UriRefresh why, CancellationToken cancellationToken)
    {
        try
        {
            // A function that takes no notice of the token must not hold up the caller who cancels.
            return await refresh!(why, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Its message is the caller's own and may hold an address: it is the inner exception, and no more.
            throw new DownloadException(DownloadFailure.RefreshFailed, "The function that was to give a fresh address failed", exception);
        }
    }

    private void Use(Uri? fresh)
    {
        if (fresh is not null && !WebAddress.Is(fresh))
        {
            throw new DownloadException(DownloadFailure.RefreshFailed, "The fresh address is not an absolute http or https one");
        }

        // Others note at the same time where redirects ended; none of them may bring back the address that was refused.
        lock (_lock)
        {
            if (fresh is not null && fresh != Current.Source)
            {
                Current = Current with { Source = fresh, Resolved = null };
                Signature = SignedAddress.Of(fresh);
                (_wasAskedAhead, _serverClock) = (false, null);
            }
        }
    }
}
