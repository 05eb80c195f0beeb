using ResumableDownload.Model;
using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

/// <summary>The question after the last byte, and what its answer means. The whole of 100 bytes is there.</summary>
public sealed class FinalAnswerTests
{
    private const string Last = "206; Content-Range: bytes 99-99/100; ";
    private const string V1 = "ETag: \"v1\"; Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT";
    private const string Date = "Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT";
    private const string LaterDate = "Last-Modified: Tue, 02 Jan 2024 00:00:00 GMT";

    public static TheoryData<string, string, string, string> Answers => new()
    {
        { "not modified", "both", "304", "Confirmed" },
        { "not modified, for a weak tag", "weak", "304", "Confirmed" },
        { "not modified, since a date", "date", "304; " + Date, "Confirmed" },
        { "the last byte, with our tag, of a server without conditions", "both", Last + V1, "Confirmed" },
        { "the last byte, with our weak tag", "weak", Last + "ETag: W/\"v1\"", "Confirmed" },
        { "the last byte, with our tag, of a node with another date", "both", Last + "ETag: \"v1\"; " + LaterDate, "Confirmed" },
        { "the last byte, with our date, where there is no tag", "date", Last + Date, "Confirmed" },
        { "the last byte, with our tag, of a total that is not told", "both", "206; Content-Range: bytes 99-99/*; " + V1, "Confirmed" },
        { "the last byte, with another tag", "both", Last + "ETag: \"v2\"; " + Date, "Changed" },
        { "the last byte, its tag made weak on the way", "both", Last + "ETag: W/\"v1\"", "Confirmed" },
        { "the last byte, with another date, where there is no tag", "date", Last + LaterDate, "Changed" },
        { "the last byte of another total", "both", "206; Content-Range: bytes 99-99/101; " + V1, "Changed" },
        { "the last byte of another total, without a tag", "both", "206; Content-Range: bytes 99-99/101", "Changed" },
        { "the last byte of nothing named", "both", "206; Content-Range: bytes 99-99/100", "Inconclusive" },
        { "the last byte of nothing named, where there is no tag", "date", "206; Content-Range: bytes 99-99/100", "Inconclusive" },
        { "the last byte, with our date only: the tag is missing", "both", Last + Date, "Inconclusive" },
        { "a tag where there was none, and our date", "date", Last + V1, "Confirmed" },
        { "another whole", "both", "200; Content-Length: 100; ETag: \"v2\"", "Changed" },
        { "another whole, by its date", "date", "200; Content-Length: 100; " + LaterDate, "Changed" },
        { "our whole, of a server without ranges and conditions", "both", "200; Content-Length: 100; " + V1, "Inconclusive" },
        { "a whole of nothing named", "both", "200; Content-Length: 100", "Inconclusive" },
        { "our tag, another length", "both", "200; Content-Length: 90; " + V1, "Changed" },
        { "our tag, and no length told", "both", "200; chunked; " + V1, "Inconclusive" },
        { "a login page", "both", "200; Content-Length: 90; Content-Type: text/html; ETag: \"portal\"", "Inconclusive" },
        { "an error document with a tag of its own", "both", "200; Content-Length: 2; Content-Type: application/json; ETag: \"error\"", "Inconclusive" },
        { "a part of an error document", "both", "206; Content-Range: bytes 99-99/200; Content-Type: text/plain; ETag: \"error\"", "Inconclusive" },
        { "our whole, packed by something on the way", "both", "200; Content-Length: 90; Content-Encoding: gzip; " + V1, "Inconclusive" },
        { "beyond the end: it is shorter now", "both", "416; Content-Range: bytes */60", "Changed" },
        { "beyond the end, by a store's document", "both", "416; Size: 60", "Changed" },
        { "beyond the end, of our length: no ranges here", "both", "416; Content-Range: bytes */100", "Inconclusive" },
        { "beyond the end, and no more said, as by Apache and lighttpd", "both", "416", "Changed" },
        { "gone", "both", "404", "Inconclusive" },
        { "the address has expired meanwhile", "both", "403", "Inconclusive" },
        { "busy", "both", "503", "Inconclusive" },
        { "a bad request", "both", "400", "Inconclusive" },
        { "nothing", "both", "204", "Inconclusive" },
        { "a condition that was not sent", "both", "412", "Inconclusive" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void The_last_answer_says(string why, string has, string answered, string expected)
    {
        var verdict = FinalAnswer.Judge(Known.Representation with { Validator = Named(has) }, Scene.Answered(answered), Known.Limits.StrongDateMargin);
        Assert.Equal($"{why}: {expected}", $"{why}: {verdict}");
    }

    // Scripts send the time of the answer. A date that was strong when the first answer came does not move by itself.
    [Fact]
    public void A_date_that_moves_with_the_clock_is_no_change()
    {
        var young = Known.Representation with { Validator = Named("date"), Date = Known.Now };
        var now = Known.Now.AddSeconds(-1).ToString("r", System.Globalization.CultureInfo.InvariantCulture);
        var scripted = young with { Validator = new Validator { LastModified = now } };
        Assert.Equal(FinalVerdict.Inconclusive, FinalAnswer.Judge(scripted, Scene.Answered(Last + LaterDate), Known.Limits.StrongDateMargin));
        Assert.Equal(FinalVerdict.Changed, FinalAnswer.Judge(young, Scene.Answered(Last + LaterDate), Known.Limits.StrongDateMargin));
    }

    [Theory]
    [InlineData("both", "bytes=99-99; If-None-Match: \"v1\"")]
    [InlineData("weak", "bytes=99-99; If-None-Match: W/\"v1\"")]
    [InlineData("date", "bytes=99-99; If-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT")]
    public void The_last_question_is_for_one_byte_unless_nothing_changed(string has, string expected)
    {
        var fields = FinalAnswer.QuestionOf(Known.Representation with { Validator = Named(has) }, 100, OriginTraits.None).Fields();
        Assert.Equal(expected, string.Join("; ", fields.Where(static field => field.Key != "Accept-Encoding").Select(static field => field.Key == "Range" ? field.Value : $"{field.Key}: {field.Value}")));
    }

    [Fact]
    public void The_last_byte_of_one_is_the_first() =>
        Assert.Contains(new KeyValuePair<string, string>("Range", "bytes=0-0"), FinalAnswer.QuestionOf(Known.Representation, 1, OriginTraits.None).Fields());

    [Fact]
    public void Where_ranges_do_not_work_the_whole_is_asked_for() =>
        Assert.DoesNotContain(FinalAnswer.QuestionOf(Known.Representation, 1, OriginTraits.NoRanges).Fields(), static field => field.Key == "Range");

    [Theory]
    [InlineData("both", 100L, true)]
    [InlineData("weak", 100L, true)]
    [InlineData("date", 1L, true)]
    [InlineData("both", 0L, false)]
    [InlineData("both", null, false)]
    [InlineData("none", 100L, false)]
    [InlineData("hostile", 100L, false)]
    [InlineData("any", 100L, false)]
    [InlineData("empty", 100L, false)]
    [InlineData("weak-empty", 100L, false)]
    public void It_is_asked_only_where_there_is_a_byte_and_a_name(string has, long? length, bool expected) =>
        Assert.Equal(expected, FinalAnswer.CanAsk(Known.Representation with { Validator = Named(has), Length = length }));

    private static Validator Named(string has) => has switch
    {
        "weak" => new() { EntityTag = "W/\"v1\"" },
        "date" => new() { LastModified = Known.Date },
        "none" => new(),
        "any" => new() { EntityTag = "*" },
        "empty" => new() { EntityTag = "\"\"" },
        "weak-empty" => new() { EntityTag = "W/\"\"" },
        "hostile" => new() { EntityTag = "\"v1\"\r\nInjected: x" },
        _ => new() { EntityTag = Known.Tag, LastModified = Known.Date },
    };
}
