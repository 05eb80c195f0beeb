namespace ResumableDownload.Planning;

/// <summary>One's place among those who share: a download's among all that share a limit, and a connection's within its download. The least is next.</summary>
/// <remarks>
/// Start-time fair queueing (Goyal, Vin and Cheng, 1996): a place counts what one was given, from a common count on, which follows the
/// places of those who are served. So all who want more get the same, whatever their reads are, and who wants less leaves the rest to them.
/// </remarks>
/// <param name="Place">The bytes given before, on the common count.</param>
internal readonly record struct PaceTurn(long Place)
{
    /// <summary>Neither time spent away nor what was given at a higher rate weighs more than a twentieth of a second.</summary>
    public PaceTurn Near(long common, long reach) => new(Math.Clamp(Place, common - reach, common + reach));

    /// <summary>Counts bytes that are given; fewer than none are given back.</summary>
    public PaceTurn Plus(long bytes) => new(Place + bytes);
}
