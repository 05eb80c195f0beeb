namespace ResumableDownload.Model;

/// <summary>Rules for what was learned of an origin.</summary>
internal static class OriginTrait
{
    private const long LifetimeSeconds = 24 * 60 * 60;

    /// <summary>The single traits of a set.</summary>
    public static IEnumerable<OriginTraits> Each(OriginTraits traits)
    {
        foreach (var trait in Enum.GetValues<OriginTraits>())
        {
            if (trait != OriginTraits.None && traits.HasFlag(trait))
            {
                yield return trait;
            }
        }
    }

    /// <summary>Whether a lesson still counts: servers are mended and replaced. That kept bytes are wrong stays true.</summary>
    /// <param name="trait">What was learned.</param>
    /// <param name="learned">When, in seconds of Unix time.</param>
    /// <param name="now">The time.</param>
    public static bool IsCurrent(OriginTraits trait, long learned, DateTimeOffset now) =>
        trait == OriginTraits.KeptDiffers || now.ToUnixTimeSeconds() - learned < LifetimeSeconds;
}
