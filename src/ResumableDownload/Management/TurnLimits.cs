namespace ResumableDownload.Management;

/// <summary>How many downloads may run.</summary>
/// <param name="Most">At the same time.</param>
/// <param name="MostPerHost">Of one host.</param>
internal readonly record struct TurnLimits(int Most, int MostPerHost)
{
    /// <summary>The greatest number of either.</summary>
    public const int Greatest = 10_000;

    /// <summary>Who must stop for these limits: those with the last places. What they have is kept.</summary>
    public List<ManagedRun> SurplusOf(IEnumerable<ManagedRun> runs)
    {
        var (perHost, kept, surplus) = (new Dictionary<string, int>(), 0, new List<ManagedRun>());
        foreach (var run in runs.Where(static run => run is { Host: not null, Stopping: null }).OrderBy(static run => run.Download.Place))
        {
            var ofHost = perHost.GetValueOrDefault(run.Host!);
            if (kept >= Most || ofHost >= MostPerHost)
            {
                surplus.Add(run);
                continue;
            }

            perHost[run.Host!] = ofHost + 1;
            kept++;
        }

        return surplus;
    }
}
