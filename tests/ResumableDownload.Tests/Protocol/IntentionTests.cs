using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

public sealed class IntentionTests
{
    private const DownloadFailure Some = DownloadFailure.ProtocolViolation;

    [Fact]
    public void Asking_again_counts_odd_answers()
    {
        var once = Intention.None.After(new ResponseDecision.AskAgain(Some, "odd"));
        var twice = once.After(new ResponseDecision.AskAgain(Some, "odd"));
        Assert.Equal((1, 2), (once.OddAnswers, twice.OddAnswers));
    }

    // Two remedies at once would hide which of them helped, and the second may be the wrong one for ever.
    [Fact]
    public void Each_oddity_has_its_own_remedy()
    {
        var bare = Intention.None.After(new ResponseDecision.AskAgain(Some, "400") { WithoutCondition = true });
        var fresh = bare.After(new ResponseDecision.AskAgain(Some, "304") { NoCache = true });
        Assert.Equal((true, false), (bare.WithoutCondition, bare.NoCache));
        Assert.Equal((false, true), (fresh.WithoutCondition, fresh.NoCache));
    }

    [Fact]
    public void Starting_over_is_only_an_intention_and_remembers_why()
    {
        var over = Intention.None.After(new ResponseDecision.StartOver(StartOverReason.Changed) { AfterFailedCondition = true, OfOtherLength = true });
        Assert.Equal((StartOverReason.Changed, true, true), (over.StartOver, over.AfterFailedCondition, over.OfOtherLength));
    }

    [Fact]
    public void A_body_that_continues_what_is_kept_ends_the_intention_to_start_over()
    {
        var over = Intention.None.After(new ResponseDecision.StartOver(StartOverReason.Changed) { AfterFailedCondition = true, OfOtherLength = true });
        var after = over.After(new ResponseDecision.WriteAt(0, 100, Known.Representation) { Continues = true });
        Assert.Equal((null, false, false), (after.StartOver, after.AfterFailedCondition, after.OfOtherLength));
    }

    [Fact]
    public void A_busy_server_changes_no_intention()
    {
        var over = Intention.None.After(new ResponseDecision.StartOver(StartOverReason.Changed));
        Assert.Same(over, over.After(new ResponseDecision.RetryLater(DownloadFailure.ServerUnavailable, "busy")));
        Assert.Same(over, over.After(new ResponseDecision.WriteAt(0, 1, Known.Representation)));
    }
}
