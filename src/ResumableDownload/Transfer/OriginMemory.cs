using System.Collections.Concurrent;
using ResumableDownload.Model;

namespace ResumableDownload.Transfer;

/// <summary>What downloads have learned of origins, for the next ones from the same; forgotten after a day, as servers are mended and replaced.</summary>
internal sealed class OriginMemory(TimeProvider time)
{
    /// <summary>A server that had no time for so many connections may have it soon.</summary>
    private static readonly TimeSpan LimitLifetime = TimeSpan.FromMinutes(10);

    /// <summary>More origins than one process is likely to need; the oldest lessons go first.</summary>
    private const int MostLessons = 1024;

    private readonly ConcurrentDictionary<(string Origin, OriginTraits Trait), long> _lessons = new();

    private readonly ConcurrentDictionary<string, (int Most, long Learned)> _limits = new();

    /// <summary>What is true of a whole origin. That it garbled one resource's ranges need not be true of the next, so that stays in the checkpoint of the one.</summary>
    public static OriginTraits Shared => OriginTraits.IgnoresIfRange | OriginTraits.IgnoresIfMatch;

    /// <summary>What is known of the origin of an address.</summary>
    public OriginTraits Of(Uri address)
    {
        var known = OriginTraits.None;
        foreach (var trait in OriginTrait.Each(Shared))
        {
            known |= Knows(address, trait) ? trait : OriginTraits.None;
        }

        return known;
    }

    public void Learn(Uri address, OriginTraits traits)
    {
        foreach (var trait in OriginTrait.Each(traits & Shared))
        {
            _lessons[(Name(address), trait)] = time.GetUtcNow().ToUnixTimeSeconds();
        }

        while (_lessons.Count > MostLessons)
        {
            _lessons.TryRemove(_lessons.MinBy(static lesson => lesson.Value).Key, out _);
        }
    }

    /// <summary>How many connections an origin last had time for; <see langword="null"/> when that is not known.</summary>
    public int? MostConnections(Uri address) =>
        _limits.TryGetValue(Name(address), out var limit) && time.GetElapsedTime(limit.Learned) < LimitLifetime ? limit.Most : null;

    /// <summary>Notes how many connections an origin has time for.</summary>
    public void LimitConnections(Uri address, int most)
    {
        _limits[Name(address)] = (Math.Max(1, most), time.GetTimestamp());
        while (_limits.Count > MostLessons)
        {
            _limits.TryRemove(_limits.MinBy(static limit => limit.Value.Learned).Key, out _);
        }
    }

    private bool Knows(Uri address, OriginTraits trait) =>
        _lessons.TryGetValue((Name(address), trait), out var learned) && OriginTrait.IsCurrent(trait, learned, time.GetUtcNow());

    private static string Name(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
