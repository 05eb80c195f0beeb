namespace ResumableDownload.Planning;

/// <summary>What a range costs before its connection is as fast as it gets.</summary>
/// <param name="FirstByte">From the request, or from the connection's set-up, to the first byte of the body.</param>
/// <param name="RoundTrip">What a packet takes there and back, for a connection that is yet to be opened; zero for one that has brought a range already, and is quick at once.</param>
/// <remarks>
/// A new connection sends twice as much each round trip (slow start, RFC 5681 section 3.1); until it is quick it has brought about as much as in one round trip from then on.
/// Through 1 Gbit/s and 50 ms that was measured to take 0.4 s, and now and then much longer. No more than four round trips are reckoned with: what is measured may hold a server's time to think.
/// </remarks>
internal readonly record struct SetupCost(TimeSpan FirstByte, TimeSpan RoundTrip = default)
{
    /// <summary>What a server sends before it hears that anything came (RFC 6928: 10 packets).</summary>
    private const double InitialWindow = 14_600;

    private const double MostRoundTrips = 4;

    /// <summary>The seconds for which it brings nothing, if it brings <paramref name="speed"/> bytes per second from then on.</summary>
    public double SecondsAt(double speed)
    {
        var roundTrips = Math.Log2(speed * RoundTrip.TotalSeconds / InitialWindow) - 1;
        return FirstByte.TotalSeconds + (roundTrips > 0 ? Math.Min(roundTrips, MostRoundTrips) * RoundTrip.TotalSeconds : 0);
    }
}
