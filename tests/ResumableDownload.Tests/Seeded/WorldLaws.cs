using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Seeded;

/// <summary>What must hold after each run in a world, whatever befell it.</summary>
internal sealed class WorldLaws(WorldPlan plan, Bench bench, WorldOrigin origin)
{
    /// <summary>How a run ended that brought the file.</summary>
    public const string Whole = "whole";

    /// <summary>The file that was at the destination from the beginning.</summary>
    public static readonly byte[] Old = [.. "the old file"u8];

    /// <summary>So many requests make an attempt, at most: one whose condition fails, one for the whole, one with a fresh address.</summary>
    private const int MostAsked = 3;

    /// <summary>What answers told of the bytes that are kept is kept with them.</summary>
    private const Trouble Lasting = Trouble.Odd | Trouble.Validators | Trouble.Digest | Trouble.Unmarked | Trouble.NoRanges;

    /// <summary>What befell the bytes that are kept, and may come to light in a later run.</summary>
    private Trouble _left;

    /// <summary>Whether the power was cut, and no run has looked yet at what that left.</summary>
    private bool _isUnproved;

    /// <summary>What an earlier run has left for this one to find out.</summary>
    public Trouble Left(WorldRun run) => run.ClaimsBefore is { } kept ? _left | (IsOfCurrent(kept) ? Trouble.None : Trouble.Changed) | (plan.Naming is Naming.WeakTag or Naming.Nothing ? Trouble.Validators : Trouble.None) : Trouble.None;

    public void Check(WorldRun run)
    {
        KeptBytesAreNotFetchedAgain(run);
        if (!_isUnproved)
        {
            KeptBytesAreNotLost(run);
        }

        _isUnproved = run.LostPower || (_isUnproved && (run.Left is not null || run.Requests.Length == 0));
        NothingIsLeaked(run);
        BudgetsAreKept(run);
        OnlyWholeVersionsAreShown();
        ClaimsAreTrue(run);
        if (run.Left is null)
        {
            TheEndIsHonest(run);
            NothingElseIsLeft(run);
        }

        if (origin.IsGood)
        {
            Expect(run.Result is not null || IsFoundOut(run), $"The world is good, and the download failed: {run.Failure?.Message}");
            Expect(run.Result is null || bench.Disk.Bytes(run.Result.Path).AsSpan().SequenceEqual(origin.Versions.Current.Content) || IsStillFormer(run), "It is not the version that is served");
        }

        _left = run.Claims?.Header.Generation == run.ClaimsBefore?.Header.Generation ? _left | (run.Seen & Lasting) : run.Seen & Lasting;
    }

    // The digest that was noted with what is kept is a wrong one. Nobody tells it again.
    private bool IsFoundOut(WorldRun run) => run.Failure is DownloadException { Failure: DownloadFailure.DigestMismatch } && run.Number == plan.Runs && (run.Seen & Trouble.Digest) != 0;

    private bool IsOfCurrent(JournalImage kept) => (kept.Header.Etag, kept.Header.LastModified) switch
    {
        (null, null) => origin.Versions.All.Count == 1,
        var (tag, date) => tag == origin.Versions.Current.EntityTag && date == origin.Versions.Current.LastModified,
    };

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    private void NothingIsLeaked(WorldRun run)
    {
        Expect(run.Left is not null || bench.Disk.OpenFiles == 0, $"{bench.Disk.OpenFiles} files are open still");
        Expect(run.Requests.All(static request => request.IsOver), "A request was never ended");
    }

    private void BudgetsAreKept(WorldRun run)
    {
        var settings = bench.Settings;
        Expect(origin.MostOpen <= settings.MostConnections, $"{origin.MostOpen} requests were under way at once");

        // Other connections give up without counting; redirects cost nothing but their number, which has a limit.
        var fruitless = 0;
        foreach (var request in settings.MostConnections > 1 ? [] : run.Requests.Where(static request => request.Status is not (302 or 307 or 308)))
        {
            fruitless = request.BodySent > 0 ? 0 : fruitless + 1;
            Expect(fruitless <= MostAsked * settings.Retry.MostFruitless, $"{fruitless} requests in a row brought nothing");
        }

        var sent = run.Requests.Sum(static request => request.BodySent);
        Expect(settings.Bandwidths.All(limit => sent <= (limit.BytesPerSecond * run.Took.TotalSeconds) + (limit.BytesPerSecond / 4)), $"{sent} bytes came in {run.Took}");
    }

    private void OnlyWholeVersionsAreShown()
    {
        foreach (var path in bench.Disk.Names.Where(path => path != bench.Paths.Partial && path != bench.Paths.Journal && path != bench.Paths.JournalSuccessor))
        {
            var bytes = bench.Disk.Bytes(path)!;
            Expect((plan.HasOld && bytes.AsSpan().SequenceEqual(Old)) || origin.Versions.Of(bytes) is not null, $"{path} is of no version");
        }
    }

    /// <summary>What a journal claims is there, and is of one version: of the one whose name it has. After a power cut, what is marked.</summary>
    private void ClaimsAreTrue(WorldRun run)
    {
        if (run.Claims is not { } claims || claims.Lessons.Any(static lesson => lesson.Traits == OriginTraits.KeptDiffers) || plan.TellsDigest)
        {
            return;
        }

        var there = bench.Disk.Bytes(bench.Paths.Partial) ?? [];
        var runs = (_isUnproved ? StorageBench.Marked(claims) : claims.Runs).Select(static run => run.Run.Range).ToArray();
        var isCommitted = claims.IsWhole && origin.Versions.Of(bench.Disk.Bytes(CommitRecovery.CommittedTo(bench.Paths, claims))) is not null;
        var versions = origin.Versions.All.Where(version => runs.All(range => Holds(there, range, version))).ToArray();
        Expect(isCommitted || versions.Length > 0, "What is claimed is of no version");
        Expect(isCommitted || claims.Header.Etag is null || versions.Any(version => version.EntityTag == claims.Header.Etag), $"What is claimed is not of {claims.Header.Etag}");
    }

    private static bool Holds(byte[] there, ByteRange range, ResourceVersion version) =>
        range.End <= Math.Min(there.Length, version.Content.Length)
        && there.AsSpan((int)range.Start, (int)range.Length).SequenceEqual(version.Content.AsSpan((int)range.Start, (int)range.Length));

    private void TheEndIsHonest(WorldRun run)
    {
        switch (run.Failure)
        {
            case null:
                ResultIsRight(run.Result!);
                break;
            case OperationCanceledException cancelled:
                Expect(run.WasCancelled && cancelled.CancellationToken == run.Token, "It was cancelled, but not by the caller");
                break;
            case DownloadException failure:
                Expect(Excuses.IsExcused(failure.Failure, run.Seen, plan, bench), $"Nothing that happened ({run.Seen}) excuses {failure.Failure}: {failure.Message}");
                Expect((run.Seen & Trouble.Disk) != 0 || failure.Failure == DownloadFailure.DestinationExists || failure.Kept == Usable(run.Claims), $"{failure.Kept} bytes are said to be kept, and {Usable(run.Claims)} are");
                break;
            default:
                Expect(false, $"It is not a failure that is documented: {run.Failure}");
                break;
        }
    }

    private static long Usable(JournalImage? claims) =>
        claims is null || claims.Lessons.Any(static lesson => lesson.Traits == OriginTraits.KeptDiffers) ? 0 : claims.Received.Length;

    private void ResultIsRight(DownloadResult result)
    {
        var version = origin.Versions.Of(bench.Disk.Bytes(result.Path));
        Expect(version is not null, "The file is of no version");
        Expect(result.Length == version!.Content.Length, "The result has another length");
        Expect(result.ResumedFrom + result.Received == result.Length, "What was kept and what was received are not the whole");
        Expect(result.StartedOver.Count <= bench.Settings.MaxStartOvers, $"It started over {result.StartedOver.Count} times");
        Expect(!plan.TellsDigest || result.ProvedBy.Count > 0, "The caller's digest proved nothing");
    }

    private void NothingElseIsLeft(WorldRun run)
    {
        var names = bench.Disk.Names;
        Expect(!names.Contains(bench.Paths.JournalSuccessor) || run.NamesBefore.Contains(bench.Paths.JournalSuccessor) || (run.Seen & Trouble.Disk) != 0, "A journal's successor is left");
        Expect(run.Result is null || (!names.Contains(bench.Paths.Partial) && !names.Contains(bench.Paths.Journal)), "The file is whole, and something is left beside it");
        Expect(!names.Contains(bench.Paths.Partial) || names.Contains(bench.Paths.Journal) || bench.Disk.LengthOf(bench.Paths.Partial) > 0 || (run.Seen & Trouble.Disk) != 0, "An empty partial file is left");
    }

    /// <summary>Within a generation nothing that is kept is lost, unless by the disk; and where nothing spoke against it, the generation stays.</summary>
    private void KeptBytesAreNotLost(WorldRun run)
    {
        if (run.ClaimsBefore is not { } before || run.LostPower || run.Result is not null || (run.Seen & Trouble.Disk) != 0 || plan.TellsDigest)
        {
            return;
        }

        if (before.IsWhole && bench.Disk.Bytes(CommitRecovery.CommittedTo(bench.Paths, before)) is { } there && origin.Versions.Of(there)?.Content.Length == before.Length)
        {
            // It was found committed, and what was beside it is deleted.
            return;
        }

        var after = run.Claims;
        var isSame = before.Received.Length == 0 || after?.Header.Generation == before.Header.Generation;
        Expect(isSame || !IsPlain(run) || before.Header.Etag != origin.Versions.Current.EntityTag, "What was kept was given up without a reason");
        Expect(!isSame || before.Received.Length == 0 || before.Runs.All(kept => after!.Received.Ranges.Any(range => range.Start <= kept.Run.Range.Start && range.End >= kept.Run.Range.End)), "Kept bytes were lost");
    }

    private void KeptBytesAreNotFetchedAgain(WorldRun run)
    {
        if (run.ClaimsBefore is not { } before || Usable(before) == 0 || !IsPlain(run) || before.Header.Etag != origin.Versions.Current.EntityTag || before.Received.Length < bench.Settings.Limits.LeastResumed)
        {
            return;
        }

        // Of what a power cut has left, what was marked.
        var kept = (_isUnproved ? StorageBench.Marked(before) : before.Runs).Aggregate(ByteRangeSet.Empty, static (set, run) => set.Add(run.Run.Range));
        foreach (var request in run.Requests)
        {
            var sent = new ByteRange(request.BodyStart, request.BodyStart + request.BodySent);
            Expect(sent.IsEmpty || !kept.Overlaps(sent), $"{sent} was fetched again");
        }
    }

    /// <summary>Whether nothing spoke against what is kept.</summary>
    private bool IsPlain(WorldRun run) => plan.IsPlain && (run.Seen & ~(Trouble.Network | Trouble.NoName | Trouble.Busy | Trouble.Redirect)) == 0 && !plan.TellsDigest;

    // Whole already when the run began, and nothing said that there is another version by now.
    private static bool IsStillFormer(WorldRun run) => run.ClaimsBefore is { IsWhole: true };
}
