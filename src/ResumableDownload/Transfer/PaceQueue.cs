namespace ResumableDownload.Transfer;

/// <summary>Those who wait for a limit, and who of them is next. Only used while the pacer's gate is held.</summary>
internal sealed class PaceQueue
{
    private readonly List<PaceShare> _waiting = [];

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>When the first one loses its patience.</summary>
    public TimeSpan Earliest
    {
        get
        {
            var earliest = TimeSpan.MaxValue;
            foreach (var share in _waiting)
            {
                earliest = share.Until < earliest ? share.Until : earliest;
            }

            return earliest;
        }
    }

    public void Add(PaceShare share) => _waiting.Add(share);

    public bool Remove(PaceShare share) => _waiting.Remove(share);

    public void ForEach(Action<PaceShare> action) => _waiting.ForEach(action);

    /// <summary>The first connection of the first download; whoever waits longer, where two are equal.</summary>
    public PaceShare? FirstInTurn()
    {
        PaceShare? first = null;
        foreach (var share in _waiting)
        {
            first = first is null || IsBefore(share, first) ? share : first;
        }

        return first;
    }

    public PaceShare? FirstImpatient(TimeSpan now)
    {
        PaceShare? first = null;
        foreach (var share in _waiting)
        {
            first = share.Until < (first?.Until ?? TimeSpan.MaxValue) ? share : first;
        }

        return first?.Until <= now ? first : null;
    }

    // Connections of one download are placed on its own count, which says nothing about those of another one.
    private static bool IsBefore(PaceShare share, PaceShare other) => share.Party == other.Party
        ? share.Turn.Place < other.Turn.Place
        : share.Party.Turn.Place < other.Party.Turn.Place;
}
