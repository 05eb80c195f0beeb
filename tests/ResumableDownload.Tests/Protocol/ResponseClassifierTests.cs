using ResumableDownload.Model;
using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

public sealed class ResponseClassifierTests
{
    [Theory]
    [MemberData(nameof(DecisionTable.WholeBodies), MemberType = typeof(DecisionTable))]
    [MemberData(nameof(DecisionTable.Parts), MemberType = typeof(DecisionTable))]
    [MemberData(nameof(RefusalTable.Refusals), MemberType = typeof(RefusalTable))]
    [MemberData(nameof(RefusalTable.Busy), MemberType = typeof(RefusalTable))]
    [MemberData(nameof(IdentityTable.Little), MemberType = typeof(IdentityTable))]
    [MemberData(nameof(IdentityTable.Evidence), MemberType = typeof(IdentityTable))]
    [MemberData(nameof(IdentityTable.Digests), MemberType = typeof(IdentityTable))]
    [MemberData(nameof(IdentityTable.Lengths), MemberType = typeof(IdentityTable))]
    [MemberData(nameof(IdentityTable.Since), MemberType = typeof(IdentityTable))]
    [MemberData(nameof(StoreTable.Addresses), MemberType = typeof(StoreTable))]
    [MemberData(nameof(StoreTable.Documents), MemberType = typeof(StoreTable))]
    [MemberData(nameof(StoreTable.Ends), MemberType = typeof(StoreTable))]
    public void An_answer_means(string why, string asked, string answered, string expected)
    {
        var decision = ResponseClassifier.Classify(Scene.Asked(asked), Scene.Answered(answered));
        Assert.Equal($"{why}: {expected}", $"{why}: {Scene.Told(decision)}");
    }

    // What a continuation is noted with must be what the kept bytes are of, not what a cluster's node said this time.
    [Fact]
    public void A_continuation_keeps_the_noted_validators()
    {
        var decision = ResponseClassifier.Classify(Scene.Asked("R"), Scene.Answered("206; Content-Range: bytes 40-99/100; ETag: \"v1\""));
        Assert.Equal(Known.Representation, Assert.IsType<ResponseDecision.WriteAt>(decision).Representation);
    }

    [Fact]
    public void A_new_version_is_noted_as_its_answer_described_it()
    {
        var decision = ResponseClassifier.Classify(Scene.Asked("R"), Scene.Answered("200; Content-Length: 7; ETag: v2; Content-Type: a/b"));
        var noted = Assert.IsType<ResponseDecision.WriteAt>(decision).Representation;
        Assert.Equal(("v2", null, 7L, "a/b", Known.Now), (noted.Validator.EntityTag, noted.Validator.LastModified, noted.Length, noted.ContentType, noted.Date));
    }

    // Its last date is the last that there is.
    [Fact]
    public void A_server_whose_clock_stands_near_the_end_of_time_may_ask_for_more_than_is_left()
    {
        var answer = Scene.Answered("503; Retry-After: 86400") with { Date = DateTimeOffset.MaxValue.AddHours(-1) };
        Assert.Equal(DateTimeOffset.MaxValue, Assert.IsType<ResponseDecision.GiveUp>(ResponseClassifier.Classify(Scene.Asked("F"), answer)).RetryAt);
    }

    [Theory]
    [InlineData(4095, "StartOver Changed")]
    [InlineData(4096, "WriteAt 0-9999 of 9999, replaces: Changed")]
    public void A_cache_damages_what_it_answers_to_ranges_from_below_four_kibibytes_only(long start, string expected)
    {
        var kept = Known.Kept with { Received = ByteRangeSet.Empty.Add(new ByteRange(0, start)) };
        var asked = NextQuestion.Choose(kept, (start, null), OriginTraits.None, Intention.None, ResumeCondition.Auto, Known.Limits);
        Assert.Equal(expected, Scene.Told(ResponseClassifier.Classify(asked, Scene.Answered("200; Content-Length: 9999; ETag: \"v2\"; cached"))));
    }

    [Theory]
    [InlineData(49, "StartOver Changed")]
    [InlineData(50, "StartOver Changed")]
    [InlineData(51, "StartOver RangeUnusable | NoRanges")]
    public void A_range_that_begins_at_the_end_is_refused_with_good_reason(long total, string expected)
    {
        var asked = new Question(RangeRequest.Part(50, null, null), Known.Holding(Known.Representation with { Length = null }), Known.Limits);
        Assert.Equal(expected, Scene.Told(ResponseClassifier.Classify(asked, Scene.Answered($"416; Content-Range: bytes */{total}"))));
    }

    [Theory]
    [InlineData(200, "The server answered 200 OK")]
    [InlineData(404, "The server answered 404 Not Found")]
    [InlineData(416, "The server answered 416 Requested Range Not Satisfiable")]
    [InlineData(204, "The server answered 204 No Content")]
    [InlineData(505, "The server answered 505 Http Version Not Supported")]
    [InlineData(418, "The server answered 418")]
    [InlineData(599, "The server answered 599")]
    public void A_status_is_told_as_people_read_it(int status, string expected) =>
        Assert.Equal(expected, ResponseClassifier.Told(status));
}
