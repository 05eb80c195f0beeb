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

    public TimeSpan Setup => Connect + FirstByte;

    public double SpeedAt(TimeSpan now)
    {
        var isOut = Outage is var (from, to) && now >= from && now < to;
        return isOut ? 0 : Change is var (at, factor) && now >= at ? Speed * factor : Speed;
    }
}
