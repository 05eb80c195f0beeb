namespace ResumableDownload.Transfer;

/// <summary>One download's part in each of its speed limits.</summary>
internal sealed class DownloadPace(IEnumerable<BandwidthLimit> limits)
{
    // A limit that is named twice holds once.
    private readonly PaceParty[] _parties = [.. limits.Distinct().Select(static limit => limit.Party())];

    /// <summary>Begins to share each limit, until what is returned is disposed. Cancelling ends each wait.</summary>
    /// <param name="patience">How long a wait that begins may last; for ever when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Its end.</param>
    public BodyPace Join(Func<TimeSpan?> patience, CancellationToken cancellationToken) =>
        new([.. _parties.Select(party => party.Join(cancellationToken))], patience);
}
