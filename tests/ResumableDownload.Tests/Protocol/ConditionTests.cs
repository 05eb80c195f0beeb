using ResumableDownload.Model;
using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

/// <summary>Which condition ties a continuation to what is kept.</summary>
public sealed class ConditionTests
{
    private const OriginTraits None = OriginTraits.None;

    public static TheoryData<string, string, ResumeCondition, string, string> Ladder => new()
    {
        { "If-Range is the first choice", "None", ResumeCondition.Auto, "both", "If-Range: \"v1\"" },
        { "a date only when there is no tag", "None", ResumeCondition.Auto, "date", $"If-Range: {Known.Date}" },
        { "an origin that ignores it gets If-Match", "IgnoresIfRange", ResumeCondition.Auto, "both", "If-Match: \"v1\"" },
        { "or If-Unmodified-Since, when there is no tag", "IgnoresIfRange", ResumeCondition.Auto, "date", $"If-Unmodified-Since: {Known.Date}" },
        { "one that ignores both gets If-Range, which does no harm", "IgnoresIfRange, IgnoresIfMatch", ResumeCondition.Auto, "both", "If-Range: \"v1\"" },
        { "one that ignores If-Match alone too", "IgnoresIfMatch", ResumeCondition.Auto, "both", "If-Range: \"v1\"" },
        { "the caller's If-Range stays, whatever was learned", "IgnoresIfRange", ResumeCondition.IfRange, "both", "If-Range: \"v1\"" },
        { "the caller's If-Range with a date", "IgnoresIfRange", ResumeCondition.IfRange, "date", $"If-Range: {Known.Date}" },
        { "the caller's If-Match stays, whatever was learned", "IgnoresIfMatch", ResumeCondition.IfMatch, "both", "If-Match: \"v1\"" },
        { "the caller's If-Match with a date", "None", ResumeCondition.IfMatch, "date", $"If-Unmodified-Since: {Known.Date}" },
        { "an unquoted tag goes back as it came", "None", ResumeCondition.Auto, "unquoted", "If-Range: v1" },
        { "an unquoted tag in If-Match", "None", ResumeCondition.IfMatch, "unquoted", "If-Match: v1" },
    };

    [Theory]
    [MemberData(nameof(Ladder))]
    public void The_ladder_chooses(string why, string traits, ResumeCondition policy, string has, string expected)
    {
        var condition = ConditionLadder.Choose(Validator(has), Enum.Parse<OriginTraits>(traits), policy);
        Assert.Equal($"{why}: {expected}", $"{why}: {condition.Field}: {condition.Value}");
    }

    [Fact]
    public void Nothing_ties_a_continuation_to_bytes_without_validators() => Assert.StartsWith(
        "A representation without validators cannot be continued.",
        Assert.Throws<ArgumentException>(() => ConditionLadder.Choose(new Validator(), None, ResumeCondition.Auto)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("the first request is for the whole", "nothing", "whole")]
    [InlineData("a strong tag is continued", "both", "bytes=40-; If-Range: \"v1\"")]
    [InlineData("a strong date is continued", "date", $"bytes=40-; If-Range: {Known.Date}")]
    [InlineData("a weak tag is not, and the date beside it is not used (13.1.5)", "weak", "whole, as NotResumable")]
    [InlineData("a weak tag in lower case", "weak-lower", "whole, as NotResumable")]
    [InlineData("a date that is too young is not", "young", "whole, as NotResumable")]
    [InlineData("no validators", "none", "whole, as NotResumable")]
    [InlineData("an origin without ranges", "no-ranges", "whole, as RangeUnusable")]
    [InlineData("an intention to start over", "over", "whole, as Changed")]
    [InlineData("a condition that was refused", "refused", "bytes=40-")]
    [InlineData("a cache that got it wrong", "cache", "bytes=40-; If-Range: \"v1\"; Cache-Control: no-cache")]
    public void The_next_question_is(string why, string has, string expected)
    {
        var kept = has == "nothing" ? null : Known.Holding(Known.Representation with { Validator = Validator(has), Date = has == "young" ? Modified.AddSeconds(59) : Known.Now });
        var intention = new Intention { StartOver = has == "over" ? StartOverReason.Changed : null, WithoutCondition = has == "refused", NoCache = has == "cache" };
        var asked = NextQuestion.Choose(kept, (kept is null ? 0 : 40, null), has == "no-ranges" ? OriginTraits.NoRanges : None, intention, ResumeCondition.Auto, Known.Limits);
        var fields = asked.Request.Fields().Where(static field => field.Key != "Accept-Encoding").Select(static field => field.Key == "Range" ? field.Value : $"{field.Key}: {field.Value}");
        var told = asked.Request.IsPartial ? string.Join("; ", fields) : "whole" + (asked.Intent is { } intent ? $", as {intent}" : "");
        Assert.Equal($"{why}: {expected}", $"{why}: {told}");
    }

    [Fact]
    public void A_question_remembers_what_its_answer_is_judged_by()
    {
        var intention = new Intention { StartOver = StartOverReason.Changed, AfterFailedCondition = true, KeptDiffers = true, OddAnswers = 2 };
        var asked = NextQuestion.Choose(Known.Kept, (40, null), None, intention, ResumeCondition.Auto, Known.Limits);
        Assert.Equal((true, true, 2, StartOverReason.Changed), (asked.AfterFailedCondition, asked.KeptDiffers, asked.OddAnswers, asked.Intent));
        Assert.Same(Known.Kept, asked.Kept);
    }

    [Fact]
    public void A_gap_before_other_kept_bytes_is_asked_for_to_its_end()
    {
        var asked = NextQuestion.Choose(Known.Kept, (40, 60), None, Intention.None, ResumeCondition.Auto, Known.Limits);
        Assert.Contains(new KeyValuePair<string, string>("Range", "bytes=40-59"), asked.Request.Fields());
    }

    [Theory]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public void What_is_kept_is_worth_a_range_from_a_length_on(long least, bool expected) =>
        Assert.Equal(expected, NextQuestion.Choose(Known.Kept, (40, null), None, Intention.None, ResumeCondition.Auto, Known.Limits with { LeastResumed = least }).Request.IsPartial);

    [Theory]
    [InlineData(0, StartOverReason.NotResumable)]
    [InlineData(1, null)]
    public void Bytes_without_a_strong_name_are_compared_where_some_lie_before_the_gap(long start, StartOverReason? expected)
    {
        var limits = Known.Limits with { WeakIdentity = WeakIdentity.ContentEvidence, EvidenceLength = 16 };
        var kept = Known.Holding(Known.Representation with { Validator = Validator("weak") });
        Assert.Equal(expected, NextQuestion.Choose(kept, (start, null), None, Intention.None, ResumeCondition.Auto, limits).Intent);
    }

    [Theory]
    [InlineData("R weak refuse", true)]
    [InlineData("R weak", false)]
    [InlineData("R weak evidence", false)]
    [InlineData("R refuse", false)]
    [InlineData("R over refuse", false)]
    [InlineData("F refuse", false)]
    public void Bytes_without_a_strong_name_are_not_given_up_where_the_options_forbid_it(string asked, bool expected)
    {
        var refusal = NextQuestion.RefusalOf(Scene.Asked(asked));
        Assert.Equal(expected ? new(DownloadFailure.NotResumable, "What is kept has no strong validator, and the options forbid to give it up") : null, refusal);
    }

    private static DateTimeOffset Modified => HttpDate.Read(Known.Date)!.Value;

    private static Validator Validator(string has) => has switch
    {
        "date" or "young" => new() { LastModified = Known.Date },
        "unquoted" => new() { EntityTag = "v1", LastModified = Known.Date },
        "weak" => new() { EntityTag = "W/\"v1\"", LastModified = Known.Date },
        "weak-lower" => new() { EntityTag = "w/\"v1\"", LastModified = Known.Date },
        "none" => new(),
        _ => new() { EntityTag = Known.Tag, LastModified = Known.Date },
    };
}
