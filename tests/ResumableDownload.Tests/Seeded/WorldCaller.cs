using System.Security.Cryptography;
using ResumableDownload.Model;
using ResumableDownload.Protocol;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Seeded;

/// <summary>The caller of a world: what he asks for in a run, and when he loses patience.</summary>
internal sealed class WorldCaller(Draw draw, WorldPlan plan, Bench bench, WorldOrigin origin)
{
    private int _addresses;

    /// <summary>Sets what a run is to be like. When the world is good, so are the options: nothing is asked for that the server does not have.</summary>
    public void Choose(int run)
    {
        var random = draw.For("options", run);
        var (isGood, current) = (origin.IsGood, origin.Versions.Current);
        var limit = !isGood && random.Chance(0.1);
        bench.Settings = new(
            Limits(random, current, isGood),
            random.Pick(ResumeCondition.Auto, ResumeCondition.Auto, ResumeCondition.IfRange, ResumeCondition.IfMatch),
            new RetrySettings(random.Next(1, 6), random.Seconds(2), TimeSpan.FromSeconds(30)) { Jitter = draw.For("jitter", run).NextDouble },
            new StallSettings(TimeSpan.FromSeconds(random.Pick(3, 10, 30)), 1024),
            isGood ? 3 : random.Next(4))
        {
            MostConnections = random.Next(1, 9),
            FinalCheck = random.Pick(FinalCheck.Auto, FinalCheck.Auto, FinalCheck.Never, FinalCheck.Always),
            UsesServerDigests = random.Chance(0.8),
            SetsFileTime = random.Chance(0.3),
            ExpectedDigest = plan.TellsDigest ? DigestOf(current) : null,
            Bandwidths = random.Chance(0.1) ? [new BandwidthLimit(plan.IsLarge ? 500_000 : 20_000, bench.Time)] : [],
        };
        bench.Verification = random.Chance(0.2) ? PartialVerification.Full : PartialVerification.Unflushed;
        bench.Existing = isGood || random.Chance(0.85) ? ExistingDestination.Replace : random.Pick(ExistingDestination.Fail, ExistingDestination.Number);
        ChooseAddress(random);
    }

    private AnswerLimits Limits(Random random, ResourceVersion current, bool isGood) => new(
        !isGood && random.Chance(0.08) ? current.Content.Length : null,
        !isGood && random.Chance(0.05) ? random.Next(200_000) : null,
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(1))
    {
        WeakIdentity = random.Pick(WeakIdentity.StartOver, WeakIdentity.ContentEvidence, isGood ? WeakIdentity.StartOver : WeakIdentity.Refuse),
        EvidenceLength = random.Pick(16, 1000, 64 << 10),
        LeastResumed = random.Pick(0, 0, 64 << 10),
        HasExpectedDigest = plan.TellsDigest,
    };

    private static Digest DigestOf(ResourceVersion version) => Digest.Parse($"sha-256:{Convert.ToHexStringLower(SHA256.HashData(version.Content))}");

    private void ChooseAddress(Random random)
    {
        if (!plan.IsSigned)
        {
            return;
        }

        var mayExpire = !origin.IsGood;
        bench.Address = Fresh(mayExpire ? random.Seconds(90) : TimeSpan.FromDays(1));
        bench.RefreshUri = random.Pick(0, 1, 1, 1, 2) switch
        {
            0 => null,
            1 => (_, _) => new(Fresh(mayExpire ? draw.For("address", _addresses).Seconds(300) : TimeSpan.FromDays(1))),
            _ => (_, _) => draw.For("refusal", _addresses).Chance(0.5) ? new((Uri?)null) : throw new InvalidOperationException("There is no fresh address now."),
        };
    }

    // Only the youngest address works, as its server keeps one time for all.
    private Uri Fresh(TimeSpan life)
    {
        origin.Expiry = bench.Time.Elapsed + life;
        var expires = (bench.Time.GetUtcNow() + life).ToUnixTimeSeconds();
        return new($"https://origin.test/file.bin?Expires={expires}&OSSAccessKeyId=k&Signature=secret{_addresses++}");
    }
}
