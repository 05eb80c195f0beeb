using ResumableDownload.Model;
using ResumableDownload.Planning;
using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

/// <summary>Rows of the table that speak of what comes next: the same steps as a session takes, without wire and disk.</summary>
public sealed class ConversationTests
{
    private const string V1 = "ETag: \"v1\"; Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT";
    private const string OtherPart = "206; Content-Range: bytes 40-99/100; ETag: \"v2\"";

    [Fact]
    public void A_refused_condition_is_left_out_once_then_the_range_then_we_give_up() => AssertTold(
        ["400", "400", "400"],
        "bytes=40- If-Range -> AskAgain, no condition",
        "bytes=40- -> StartOver RangeUnusable",
        "whole -> GiveUp Refused");

    [Fact]
    public void A_304_is_asked_past_the_cache_once_then_for_the_whole() => AssertTold(
        ["304", "304", "304"],
        "bytes=40- If-Range -> AskAgain, no cache",
        "bytes=40- If-Range no-cache -> StartOver RangeUnusable",
        "whole no-cache -> GiveUp ProtocolViolation");

    [Fact]
    public void A_coded_answer_is_asked_for_as_a_whole_once() => AssertTold(
        [$"206; Content-Range: bytes 40-99/100; {V1}; Content-Encoding: gzip", $"200; Content-Length: 100; {V1}; Content-Encoding: gzip"],
        "bytes=40- If-Range -> StartOver RangeUnusable",
        "whole -> GiveUp UnexpectedCoding");

    [Fact]
    public void A_garbled_range_is_tried_twice_then_the_whole() => AssertTold(
        [$"206; {V1}", $"206; Content-Range: bytes 41-99/100; {V1}", "206; Content-Range: bytes 41-99/100"],
        "bytes=40- If-Range -> AskAgain",
        "bytes=40- If-Range -> StartOver RangeUnusable",
        "whole -> GiveUp ProtocolViolation");

    [Fact]
    public void Nodes_that_disagree_about_the_date_are_asked_four_times() => AssertTold(
        [.. Enumerable.Repeat("206; Content-Range: bytes 40-99/100; ETag: \"v1\"; Last-Modified: Tue, 02 Jan 2024 00:00:00 GMT", 4), "200; Content-Length: 100; ETag: \"v2\""],
        "bytes=40- If-Range -> AskAgain",
        "bytes=40- If-Range -> AskAgain",
        "bytes=40- If-Range -> AskAgain",
        "bytes=40- If-Range -> StartOver Changed",
        "whole -> WriteAt 0-100 of 100, replaces: Changed");

    [Fact]
    public void An_ignored_If_Range_is_written_nowhere_and_the_whole_is_asked_for() => AssertTold(
        [OtherPart, "200; Content-Length: 100; ETag: \"v2\""],
        "bytes=40- If-Range -> StartOver Changed | IgnoresIfRange",
        "whole -> WriteAt 0-100 of 100, replaces: Changed");

    [Fact]
    public void A_412_costs_exactly_one_more_request() => AssertTold(
        ResumeCondition.IfMatch,
        ["412", "200; Content-Length: 100; ETag: \"v2\""],
        "bytes=40- If-Match -> StartOver Changed, after 412",
        "whole -> WriteAt 0-100 of 100, replaces: Changed");

    [Fact]
    public void A_412_for_everything_is_no_loop() => AssertTold(
        ResumeCondition.IfMatch,
        ["412", "412"],
        "bytes=40- If-Match -> StartOver Changed, after 412",
        "whole -> GiveUp Refused");

    [Fact]
    public void A_login_page_never_touches_what_is_kept() => AssertTold(
        ["200; Content-Length: 9; Content-Type: text/html", "200; Content-Length: 9; Content-Type: text/html", $"206; Content-Range: bytes 40-99/100; {V1}"],
        "bytes=40- If-Range -> RetryLater Intercepted",
        "bytes=40- If-Range -> RetryLater Intercepted",
        "bytes=40- If-Range -> WriteAt 40-100 of 100, continues");

    [Fact]
    public void A_416_for_an_existing_range_is_asked_for_as_a_whole_and_nothing_is_lost() => AssertTold(
        ["416; Content-Range: bytes */100", $"200; Content-Length: 100; {V1}"],
        "bytes=40- If-Range -> StartOver RangeUnusable | NoRanges",
        "whole -> WriteAt 0-100 of 100, continues");

    private static void AssertTold(string[] answers, params string[] expected) => AssertTold(ResumeCondition.Auto, answers, expected);

    private static void AssertTold(ResumeCondition policy, string[] answers, params string[] expected)
    {
        var (intention, traits) = (Intention.None, OriginTraits.None);
        var told = new List<string>();
        foreach (var answer in answers)
        {
            var asked = NextQuestion.Choose(Known.Kept, NextRange.Of(Known.Kept.Received), traits, intention, policy, Known.Limits);
            var decision = ResponseClassifier.Classify(asked, Scene.Answered(answer));
            told.Add($"{Told(asked.Request)} -> {Scene.Told(decision)}");
            intention = intention.After(decision);
            traits |= decision.Learned;
        }

        Assert.Equal(string.Join("\n", expected), string.Join("\n", told));
    }

    private static string Told(RangeRequest request) => string.Join(' ', request.Fields()
        .Where(static field => field.Key != "Accept-Encoding")
        .Select(static field => field.Key is "Range" or "Cache-Control" ? field.Value : field.Key)
        .Prepend(request.IsPartial ? "" : "whole")).Trim();
}
