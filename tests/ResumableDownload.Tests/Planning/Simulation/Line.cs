namespace ResumableDownload.Tests.Planning.Simulation;

/// <summary>What is true of one way to the server, which the planner can only measure.</summary>
/// <param name="Speed">Bytes per second.</param>
/// <param name="RoundTrip">What a packet takes there and back.</param>
/// <param name="Connect">What a new connection costs before its request.</param>
/// <param name="FirstByte">From the request to the first byte of the body.</param>
internal sealed record Line(double Speed, TimeSpan RoundTrip, TimeSpan Connect, TimeSpan FirstByte)
{
    /// <summary>By what its speed is multiplied, and from when.</summary>
    public (TimeSpan At, double Factor)? Change { get; init; }

    /// <summary>When nothing comes, on whatever connection.</summary>
    public (TimeSpan From, TimeSpan To)? Outage { get; init; }

    /// <summary>When the connection of that moment dies silently; the next one lives.</summary>
    public TimeSpan? Death { get; init; }

    /// <summary>How many round trips a new connection doubles what it sends; after that it grows by a twentieth in each, as cubic does when it leaves slow start too soon.</summary>
    public double Doublings { get; init; } = double.PositiveInfinity;

    public TimeSpan Setup => Connect + FirstByte;

    /// <summary>The most that a connection brings so many seconds after its very first byte.</summary>
    public double SlowStart(double seconds)
    {
        var roundTrip = Math.Max(0.001, RoundTrip.TotalSeconds);
        var trips = seconds / roundTrip;
        return 15_000 / roundTrip * Math.Pow(2, Math.Min(trips, Doublings)) * Math.Pow(1.05, Math.Max(0, trips - Doublings));
    }

    public double SpeedAt(TimeSpan now)
    {
        var isOut = Outage is var (from, to) && now >= from && now < to;
        return isOut ? 0 : Change is var (at, factor) && now >= at ? Speed * factor : Speed;
    }
}
