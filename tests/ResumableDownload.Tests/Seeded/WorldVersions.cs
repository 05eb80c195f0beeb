using System.Globalization;
using System.Security.Cryptography;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Seeded;

/// <summary>The versions of a world's resource: no two of them are alike, and no two have the same name.</summary>
internal sealed class WorldVersions(Draw draw, WorldPlan plan)
{
    private const int LargeKinds = 4;
    private const int LargeLength = 1_200_007;
    private const int LargeStep = 600_003;

    /// <summary>Many worlds share the large ones, as making them takes longer than downloading them.</summary>
    private static readonly Lazy<byte[][]> Large = new(static () => [.. Enumerable.Range(0, 3 * LargeKinds).Select(static number => ResourceVersion.Random(LargeLength + (number / 3 * LargeStep), 7000 + number, null).Content)]);

    private static readonly DateTimeOffset FirstDate = new(2025, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<ResourceVersion> _all = [];
    private readonly Dictionary<ResourceVersion, string> _digests = new(ReferenceEqualityComparer.Instance);

    public ResourceVersion Current => _all[^1];

    public ResourceVersion Former => _all.Count > 1 ? _all[^2] : _all[^1];

    public IReadOnlyList<ResourceVersion> All => _all;

    public void Add()
    {
        var number = _all.Count;
        var (tag, date) = ($"\"v{number}\"", (FirstDate + TimeSpan.FromDays(number)).ToString("r", CultureInfo.InvariantCulture));
        _all.Add(plan.Naming switch
        {
            Naming.Tag => new(Content(number), tag),
            Naming.TagAndDate => new(Content(number), tag, date),
            Naming.Date => new(Content(number), null, date),
            Naming.WeakTag => new(Content(number), "W/" + tag),
            _ => new(Content(number), null),
        });
    }

    /// <summary>The version that some bytes are; <see langword="null"/> when they are none.</summary>
    public ResourceVersion? Of(ReadOnlySpan<byte> bytes)
    {
        foreach (var version in _all)
        {
            if (bytes.SequenceEqual(version.Content))
            {
                return version;
            }
        }

        return null;
    }

    public string ReprDigestOf(ResourceVersion version) =>
        _digests.TryGetValue(version, out var known) ? known : _digests[version] = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(version.Content))}:";

    private byte[] Content(int number)
    {
        var random = draw.For("content", number);
        var isSameLength = number > 0 && random.Chance(0.5);
        if (plan.IsLarge)
        {
            // Three of each length, so that the next one of the same length is another.
            var kind = isSameLength ? (_all[0].Content.Length - LargeLength) / LargeStep : random.Next(LargeKinds);
            return number < 3 ? Large.Value[(3 * kind) + number] : ResourceVersion.Random(Large.Value[3 * kind].Length, random.Next(), null).Content;
        }

        var length = isSameLength ? _all[0].Content.Length : random.Pick(random.Next(40), random.Next(2000), random.Next(20_000), random.Next(200_000), random.Next(200_000), 512, 65_536, 65_537);

        // One that has no bytes cannot be told from another one, and two of one byte hardly.
        return ResourceVersion.Random(number == 0 ? length : Math.Max(16, length), random.Next(), null).Content;
    }
}
