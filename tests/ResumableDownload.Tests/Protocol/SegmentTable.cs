using ResumableDownload.Model;
using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

/// <summary>What a further connection asks, and what its answers mean. The file has 100 bytes, of which 40 are kept; bytes 60 to 80 are asked for.</summary>
public sealed class SegmentTable
{
    private const string Ours = "bytes 60-79/100";

    public static TheoryData<string, int, string, string, string?, string> Answers => new()
    {
        // why, status, Content-Range, ETag, condition, verdict
        { "what was asked for", 206, Ours, "\"v1\"", null, "Write" },
        { "its beginning", 206, "bytes 60-69/100", "\"v1\"", null, "Write" },
        { "more than was asked for", 206, "bytes 60-80/100", "\"v1\"", null, "OneStream" },
        { "what others fetch", 206, "bytes 50-79/100", "\"v1\"", null, "OneStream" },
        { "elsewhere", 206, "bytes 61-79/100", "\"v1\"", null, "OneStream" },
        { "of another version", 206, Ours, "\"v2\"", null, "Changed" },
        { "of another length", 206, "bytes 60-79/101", "\"v1\"", null, "Changed" },
        { "of no version", 206, Ours, "", null, "OneStream" },
        { "without a range", 206, "", "\"v1\"", null, "OneStream" },
        { "all of it", 200, "", "\"v1\"", null, "OneStream" },
        { "all of another version", 200, "", "\"v2\"", null, "Changed" },
        { "a failed If-Match beside If-Range may be the server's fault", 412, "", "", null, "AskWithoutMatch" },
        { "a failed If-Match alone", 412, "", "", "If-Match", "Changed" },
        { "a failed date alone", 412, "", "", "If-Unmodified-Since", "Changed" },
        { "a failed condition that was not sent", 412, "", "", "If-Range", "OneStream" },
        { "shorter by now", 416, "bytes */50", "", null, "Changed" },
        { "no ranges by now", 416, "", "", null, "OneStream" },
        { "busy", 503, "", "", null, "Refused" },
        { "too many", 429, "", "", null, "Refused" },
        { "refused", 403, "", "", null, "AskElsewhere" },
        { "gone", 404, "", "", null, "AskElsewhere" },
        { "odd", 304, "", "", null, "OneStream" },
        { "disliked", 400, "", "", null, "OneStream" },
        { "not to be had", 501, "", "", null, "OneStream" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_to_a_further_connection_means(string why, int status, string range, string tag, string? condition, string expected)
    {
        var asked = Asked(condition);
        var facts = new ResponseFacts
        {
            Status = status,
            EntityTag = tag.Length == 0 ? null : tag,
            ContentRange = range.Length == 0 ? [] : [range],
            ContentLength = status == 200 ? 100 : null,
            ContentType = Known.Type,
            Date = Known.Now,
        };

        var verdict = SegmentAnswer.Judge(asked, ResponseClassifier.Classify(asked, facts));

        Assert.Equal($"{why}: {expected}", $"{why}: {verdict}");
    }

    [Theory]
    [InlineData("both conditions when the tag is strong", "both", OriginTraits.None, ResumeCondition.Auto, "bytes=60-79; If-Range: \"v1\"; If-Match: \"v1\"")]
    [InlineData("a date has no pair", "date", OriginTraits.None, ResumeCondition.Auto, $"bytes=60-79; If-Range: {Known.Date}")]
    [InlineData("a server that fails If-Match is not asked by it", "both", OriginTraits.IgnoresIfMatch, ResumeCondition.Auto, "bytes=60-79; If-Range: \"v1\"")]
    [InlineData("one that ignores If-Range needs If-Match only", "both", OriginTraits.IgnoresIfRange, ResumeCondition.Auto, "bytes=60-79; If-Match: \"v1\"")]
    [InlineData("the caller's choice is no pair", "both", OriginTraits.None, ResumeCondition.IfRange, "bytes=60-79; If-Range: \"v1\"")]
    [InlineData("the caller's other choice", "both", OriginTraits.None, ResumeCondition.IfMatch, "bytes=60-79; If-Match: \"v1\"")]
    [InlineData("a weak tag", "weak", OriginTraits.None, ResumeCondition.Auto, "nothing")]
    [InlineData("no validator", "none", OriginTraits.None, ResumeCondition.Auto, "nothing")]
    [InlineData("an unknown length", "endless", OriginTraits.None, ResumeCondition.Auto, "nothing")]
    [InlineData("no ranges", "both", OriginTraits.NoRanges, ResumeCondition.Auto, "nothing")]
    [InlineData("bytes that were disproved", "both", OriginTraits.KeptDiffers, ResumeCondition.Auto, "nothing")]
    internal void A_further_connection_asks(string why, string has, OriginTraits traits, ResumeCondition policy, string expected)
    {
        var asked = NextQuestion.ForSegment(Known.Holding(Described(has)), new ByteRange(60, 80), traits, policy, Known.Limits);
        var fields = asked?.Request.Fields().Where(static field => field.Key != "Accept-Encoding").Select(static field => field.Key == "Range" ? field.Value : $"{field.Key}: {field.Value}") ?? ["nothing"];
        Assert.Equal($"{why}: {expected}", $"{why}: {string.Join("; ", fields)}");
    }

    [Fact]
    public void All_of_it_is_no_answer_to_the_first_of_several_segments()
    {
        var asked = new Question(RangeRequest.Part(0, 20, new RequestCondition("If-Range", "\"v1\"")), Known.Kept, Known.Limits);
        Assert.Equal(SegmentVerdict.OneStream, SegmentAnswer.Judge(asked, ResponseClassifier.Classify(asked, Scene.Answered("200; Content-Length: 100; ETag: \"v1\""))));
    }

    [Fact]
    public void Whoever_sends_another_version_in_spite_of_both_conditions_ignores_both()
    {
        var facts = new ResponseFacts { Status = 206, EntityTag = "\"v2\"", ContentRange = [Ours], Date = Known.Now, ContentType = Known.Type };
        Assert.Equal(OriginTraits.IgnoresIfRange | OriginTraits.IgnoresIfMatch, ResponseClassifier.Classify(Asked(null), facts).Learned);
    }

    private static Question Asked(string? condition) => new(
        condition is null
            ? RangeRequest.Part(60, 80, new RequestCondition("If-Range", "\"v1\"")) with { AlsoMatches = "\"v1\"" }
            : RangeRequest.Part(60, 80, new RequestCondition(condition, "\"v1\"")),
        Known.Kept,
        Known.Limits);

    private static Representation Described(string has) => has switch
    {
        "date" => Known.Representation with { Validator = new() { LastModified = Known.Date } },
        "weak" => Known.Representation with { Validator = new() { EntityTag = "W/\"v1\"" } },
        "none" => Known.Representation with { Validator = new() },
        "endless" => Known.Representation with { Length = null },
        _ => Known.Representation,
    };
}
