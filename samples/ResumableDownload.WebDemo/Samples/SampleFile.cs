using ResumableDownload.SampleOrigin;

namespace ResumableDownload.WebDemo.Samples;

/// <summary>A file that an origin in this process holds, and how it behaves. Made from a seed: after a restart it is the same.</summary>
internal sealed class SampleFile(int seed, int length)
{
    private const int MiB = 1024 * 1024;

    /// <summary>Once it changed it stays as it is for a while: else no download of it would ever be whole.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<int, FileVersion> _versions = [];
    private DateTimeOffset _calmUntil;
    private int _changes;

    public OriginScript Script { get; init; } = new() { BytesPerSecond = 3 * MiB / 2 };

    /// <summary>After how many bytes each answer is cut.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Whether it becomes another one of the same length in the middle of an answer.</summary>
    public bool Changes { get; init; }

    /// <summary>The name that the answer gives it; else the address does.</summary>
    public string? Disposition { get; init; }

    /// <summary>The version that is there now, and after how many bytes the answer is cut.</summary>
    public (FileVersion Version, int? Cut) Begin(DateTimeOffset now)
    {
        lock (_gate)
        {
            return (Version(), Changes && now < _calmUntil ? null : CutAfter);
        }
    }

    /// <summary>An answer was cut.</summary>
    public void NoteCut(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (Changes && now >= _calmUntil)
            {
                (_calmUntil, _changes) = (now + Calm, _changes + 1);
            }
        }
    }

    private FileVersion Version()
    {
        // Two of them take turns, so that memory holds no more.
        var turn = seed + (100 * (_changes % 2));
        if (!_versions.TryGetValue(turn, out var version))
        {
            _versions[turn] = version = new(turn, length);
        }

        return version;
    }
}
