namespace ResumableDownload.Tests.Planning.Simulation;

/// <summary>A file, and the ways to it.</summary>
internal sealed record World(long Total, IReadOnlyList<Line> Lines)
{
    /// <summary>What all connections can bring together, in bytes per second.</summary>
    public double Capacity { get; init; } = double.PositiveInfinity;

    /// <summary>How many connections the server accepts.</summary>
    public int Accepted { get; init; } = int.MaxValue;

    /// <summary>How much each moment's bytes differ from the mean; one is from nothing to the double.</summary>
    public double Jitter { get; init; }

    /// <summary>Whether a connection begins with few packets, twice as many each round trip.</summary>
    public bool StartsSlowly { get; init; }

    /// <summary>The time that somebody needs who knows everything in advance and waits for nothing.</summary>
    /// <remarks>A dead connection is noticed by nobody before its window is over, whoever plans.</remarks>
    public TimeSpan Ideal()
    {
        var (now, left) = (TimeSpan.Zero, (double)Total);
        while (left > 0.5)
        {
            var sum = 0d;
            foreach (var line in Lines.Take(Accepted))
            {
                var isDead = line.Death is { } death && now >= death && now < death + TimeSpan.FromSeconds(2);
                sum += isDead ? 0 : line.SpeedAt(now);
            }

            var speed = Math.Min(sum, Capacity);
            var step = Math.Min(Fleet.Beat.TotalSeconds, speed > 0 ? left / speed : double.PositiveInfinity);
            left -= speed * step;
            now += TimeSpan.FromSeconds(step) + TimeSpan.FromTicks(1);
        }

        return now;
    }
}
