using ResumableDownload.Model;
using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

/// <summary>The bytes [1000, 1100) of a resource are downloaded as if they were a file of 100 bytes, of which 40 are kept.</summary>
public sealed class ResourceWindowTests
{
    private static readonly ResourceWindow Window = new(new ByteRange(1000, 1100));

    public static TheoryData<string, string, string> Answers => new()
    {
        // The first answer is a 206 now, and as good as a 200.
        { "F", "206; Content-Range: bytes 1000-1099/5000; Content-Length: 100; ETag: \"v1\"", "WriteAt 0-100 of 100" },
        { "F", "206; Content-Range: bytes 1000-1099/5000; chunked", "WriteAt 0-100 of 100, end marked" },
        { "F", "206; Content-Range: bytes 1000-1099/1100; Content-Length: 100", "WriteAt 0-100 of 100" },
        { "F", "206; Content-Range: bytes 1000-1099/*; Content-Length: 100", "WriteAt 0-100 of 100" },
        { "F", "206; Content-Range: bytes 1000-1000/5000; Content-Length: 1", "WriteAt 0-100 of 100" },
        { "F small", "206; Content-Range: bytes 1000-1099/5000; no ranges", "WriteAt 0-100 of 100 | NoRanges" },
        { "F most=99", "206; Content-Range: bytes 1000-1099/5000", "GiveUp TooLong" },
        { "F expect=99", "206; Content-Range: bytes 1000-1099/5000", "GiveUp LengthMismatch" },
        { "R small", "206; Content-Range: bytes 1000-1099/5000; ETag: \"v1\"", "WriteAt 0-100 of 100, continues" },
        { "R over", "206; Content-Range: bytes 1000-1099/5000; ETag: \"v2\"", "WriteAt 0-100 of 100, replaces: Changed" },

        // What lies elsewhere is refused, however it would look when it is moved, or left where it is.
        { "F", "206; Content-Range: bytes 0-99/*", "GiveUp ProtocolViolation" },
        { "F", "206; Content-Range: bytes 0-99/5000", "GiveUp ProtocolViolation" },
        { "F", "206; Content-Range: bytes 0-1099/5000", "GiveUp ProtocolViolation" },
        { "F", "206; Content-Range: bytes 999-1099/5000", "GiveUp ProtocolViolation" },
        { "F", "206; Content-Range: bytes 1001-1099/5000", "GiveUp ProtocolViolation" },
        { "F", "206; Content-Range: bytes 1000-1100/5000", "GiveUp ProtocolViolation" },
        { "F", "206; Content-Range: bytes 1000-1099/5000; Content-Length: 99", "GiveUp ProtocolViolation" },
        { "F", "206; Content-Range: bytes 1000-1099/5000; Content-Range: bytes 1000-1099/5000", "GiveUp ProtocolViolation" },
        { "F", "206; Content-Range: bytes 1000-1099/5000; Content-Type: multipart/byteranges", "GiveUp ProtocolViolation" },
        { "F", "206; Content-Type: multipart/byteranges", "GiveUp ProtocolViolation" },
        { "F", "206", "GiveUp ProtocolViolation" },
        { "F", "206; Content-Range: bytes 1000-1099/5000; Content-Encoding: gzip", "GiveUp UnexpectedCoding" },
        { "F", "206; Content-Range: bytes 1000-1099/5000; decoded", "GiveUp UnexpectedCoding" },

        // Everything, from a server that has no ranges.
        { "F", "200; Content-Length: 5000", "WriteAt 0-100 of 100" },
        { "F", "200; Content-Length: 1100", "WriteAt 0-100 of 100" },
        { "F", "200; chunked", "WriteAt 0-100 of 100, end marked" },
        { "F", "200", "WriteAt 0-100 of 100" },
        { "F", "200; Content-Length: 5000; Content-Range: bytes 0-4999/5000", "WriteAt 0-100 of 100" },
        { "F", "200; Content-Length: 100; Content-Range: bytes 1000-1099/5000", "GiveUp ProtocolViolation" },
        { "F", "200; Content-Length: 20; Content-Encoding: gzip", "GiveUp UnexpectedCoding" },
        { "F", "200; Length: 5000x", "GiveUp ProtocolViolation" },
        { "F most=99", "200; Content-Length: 5000", "GiveUp TooLong" },

        // A resource that ends before the part does.
        { "F", "206; Content-Range: bytes 1000-1098/1099; Content-Length: 99", "GiveUp LengthMismatch" },
        { "F", "200; Content-Length: 1099", "GiveUp LengthMismatch" },
        { "F", "200; Content-Length: 0", "GiveUp LengthMismatch" },
        { "F", "416; Content-Range: bytes */1000", "GiveUp LengthMismatch" },
        { "F", "416; Content-Range: bytes */1099; Content-Type: text/html", "GiveUp LengthMismatch" },
        { "F", "416; Size: 1000", "GiveUp LengthMismatch" },
        { "R", "206; Content-Range: bytes 1040-1098/1099; ETag: \"v1\"", "GiveUp LengthMismatch" },
        { "R", "200; Content-Length: 1099; ETag: \"v2\"", "GiveUp LengthMismatch" },
        { "R", "416; Content-Range: bytes */1000; Content-Type: text/html", "GiveUp LengthMismatch" },
        { "R", "200; Content-Length: 40; Content-Type: text/html", "RetryLater Intercepted" },
        { "R", "206; Content-Range: bytes 1040-1041/1042; Content-Type: text/html", "RetryLater Intercepted" },

        // What says nothing of bytes stays as it is.
        { "F", "416; Content-Range: bytes */5000", "GiveUp Refused" },
        { "F", "416", "GiveUp Refused" },
        { "F since", "304", "NotModified" },
        { "R", "304", "AskAgain, no cache" },
        { "M", "412", "StartOver Changed, after 412" },
        { "R", "503; Content-Length: 40", "RetryLater ServerUnavailable" },
        { "R", "403; Error: AccessDenied/no", "RefreshUri Refused, else AccessDenied" },

        // Continuations.
        { "R", "206; Content-Range: bytes 1040-1099/5000; Content-Length: 60; ETag: \"v1\"", "WriteAt 40-100 of 100, continues" },
        { "R", "206; Content-Range: bytes 1040-1099/*; ETag: \"v1\"", "WriteAt 40-100 of 100, continues" },
        { "R", "206; Content-Range: bytes 1030-1099/5000; ETag: \"v1\"", "WriteAt 30-100 of 100, continues" },
        { "R", "206; Content-Range: bytes 1000-1099/5000; ETag: \"v1\"", "WriteAt 0-100 of 100, continues" },
        { "R", "206; Content-Range: bytes 1040-1050/5000; ETag: \"v1\"", "WriteAt 40-51 of 100, continues" },
        { "R until=60", "206; Content-Range: bytes 1040-1059/5000; ETag: \"v1\"", "WriteAt 40-60 of 100, continues" },
        { "R until=60", "206; Content-Range: bytes 1040-1099/5000; ETag: \"v1\"", "AskAgain" },
        { "R", "206; Content-Range: bytes 40-99/*; ETag: \"v1\"", "AskAgain" },
        { "R", "206; Content-Range: bytes 40-99/5000; ETag: \"v1\"", "AskAgain" },
        { "R", "206; Content-Range: bytes 0-4999/5000; ETag: \"v1\"", "AskAgain" },
        { "R", "206; Content-Range: bytes 999-1099/5000; ETag: \"v1\"", "AskAgain" },
        { "R", "206; Content-Range: bytes 1040-1100/5000; ETag: \"v1\"", "AskAgain" },
        { "R", "206; Content-Range: bytes 1040-1099/5000; ETag: \"v2\"", "StartOver Changed | IgnoresIfRange" },
        { "R", "200; Content-Length: 5000; ETag: \"v2\"", "WriteAt 0-100 of 100, replaces: Changed" },
        { "R", "200; Content-Length: 5000; ETag: \"v1\"", "WriteAt 0-100 of 100, continues | IgnoresIfRange" },
        { "R", "200; Content-Length: 5000; Content-Encoding: gzip", "StartOver RangeUnusable" },
        { "R", "416; Content-Range: bytes */5000", "StartOver RangeUnusable | NoRanges" },

        // The part has the same length in every version, so another length of the resource is told apart by itself.
        { "R of=5000", "206; Content-Range: bytes 1040-1099/5000; ETag: \"v1\"", "WriteAt 40-100 of 100, continues" },
        { "R of=5000", "206; Content-Range: bytes 1040-1099/*; ETag: \"v1\"", "WriteAt 40-100 of 100, continues" },
        { "R of=5000", "206; Content-Range: bytes 1040-1099/5001; ETag: \"v1\"", "StartOver Changed | IgnoresIfRange" },
        { "R of=5000", "200; Content-Length: 5000; ETag: \"v1\"", "WriteAt 0-100 of 100, continues | IgnoresIfRange" },
        { "R of=5000", "200; Content-Length: 5001; ETag: \"v1\"; Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT", "WriteAt 0-100 of 100, replaces: Changed" },
        { "R of=5000", "416; Content-Range: bytes */5000", "StartOver RangeUnusable | NoRanges" },
        { "R of=5000", "416; Content-Range: bytes */5001", "StartOver Changed" },
        { "R weak tag-only evidence of=5000", "206; Content-Range: bytes 1024-1099/5000; ETag: W/\"v1\"", "WriteAt 24-100 of 100, continues, by evidence" },
        { "R weak tag-only evidence of=5000", "206; Content-Range: bytes 1024-1099/5001; ETag: W/\"v1\"", "StartOver Changed" },
        { "R weak tag-only evidence of=5000", "206; Content-Range: bytes 1024-1099/*; ETag: W/\"v1\"", "AskAgain" },
        { "R weak tag-only evidence of=5000", "200; Content-Length: 5000; ETag: W/\"v1\"", "WriteAt 0-100 of 100, continues, by evidence" },
        { "R weak tag-only evidence of=5000", "200; ETag: W/\"v1\"", "WriteAt 0-100 of 100, replaces: RangeUnusable" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_is_judged_as_if_the_part_were_all_there_is(string asked, string answer, string expected)
    {
        var question = Scene.Asked(asked);
        Assert.Equal(expected, Scene.Told(ResponseClassifier.Classify(question, Window.ToFile(question.Request, Scene.Answered(answer)))));
    }

    [Theory]
    [InlineData("bytes 1040-1100/5000")]
    [InlineData("bytes 40-99/*")]
    public void What_lies_elsewhere_is_told_as_it_came(string range)
    {
        var question = Scene.Asked("R");
        var decision = ResponseClassifier.Classify(question, Window.ToFile(question.Request, Scene.Answered($"206; ETag: \"v1\"; Content-Range: {range}")));
        Assert.Contains($"{range}, which is not inside [1000, 1100)", Assert.IsType<ResponseDecision.AskAgain>(decision).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F", "bytes=1000-1099")]
    [InlineData("F since", "bytes=1000-1099")]
    [InlineData("R", "bytes=1040-1099")]
    [InlineData("R until=60", "bytes=1040-1059")]
    [InlineData("R until=200", "bytes=1040-1099")]
    [InlineData("R small", "bytes=1000-1099")]
    [InlineData("R over", "bytes=1000-1099")]
    [InlineData("R weak evidence", "bytes=1024-1099")]
    public void A_request_is_moved_to_where_the_part_lies_and_keeps_its_conditions(string asked, string range)
    {
        var request = Scene.Asked(asked).Request;
        var fields = Window.ToResource(request).Fields().ToList();
        Assert.Equal(range, Assert.Single(fields, static field => field.Key == "Range").Value);
        Assert.Equal(request.Fields().Where(static field => field.Key != "Range"), fields.Where(static field => field.Key != "Range"));
    }

    [Theory]
    [InlineData(0, 1, "bytes=0-0")]
    [InlineData(1L << 40, (1L << 40) + 1, "bytes=1099511627776-1099511627776")]
    [InlineData(0, long.MaxValue, "bytes=0-9223372036854775806")]
    [InlineData(long.MaxValue - 1, long.MaxValue, "bytes=9223372036854775806-9223372036854775806")]
    public void Any_part_can_be_asked_for(long start, long end, string expected) =>
        Assert.Equal(expected, new ResourceWindow(new(start, end)).ToResource(RangeRequest.Whole).Fields().First().Value);

    [Theory]
    [InlineData("F", "200; Content-Length: 5000", "[1000, 1100)")]
    [InlineData("R", "200; Content-Length: 5000", "[1000, 1100)")]
    [InlineData("F", "206; Content-Range: bytes 1000-1099/5000", "")]
    [InlineData("F", "206; Content-Range: bytes 1000-1049/5000", "[0, 50)")]
    [InlineData("R", "206; Content-Range: bytes 1040-1049/5000", "")]
    [InlineData("F", "404", "")]
    public void Of_a_body_only_the_part_is_taken(string asked, string answer, string expected) =>
        Assert.Equal(expected, $"{Window.BytesOf(Scene.Asked(asked).Request, Scene.Answered(answer))}");

    [Theory]
    [InlineData("200; Content-Length: 5000; Crc: 7")]
    [InlineData("200; Content-Length: 5000; Content-Encoding: gzip; Crc: 7")]
    [InlineData("206; Content-Range: bytes 1000-1099/5000; Crc: 7")]
    [InlineData("206; Content-Range: bytes 1040-1099/5000; Crc: 7")]
    [InlineData("206; Crc: 7")]
    public void A_digest_of_the_whole_resource_is_never_taken_for_one_of_the_part(string answer) =>
        Assert.Empty(Window.ToFile(RangeRequest.Whole, Scene.Answered(answer)).Digests);

    [Theory]
    [InlineData("206; Content-Range: bytes 1099-1099/5000; ETag: \"v1\"", "Confirmed")]
    [InlineData("206; Content-Range: bytes 1099-1099/5001; ETag: \"v1\"", "Changed")]
    [InlineData("206; Content-Range: bytes 1099-1099/5000; ETag: \"v2\"", "Changed")]
    [InlineData("200; Content-Length: 5000; ETag: \"v1\"", "Inconclusive")]
    [InlineData("200; Content-Length: 5001; ETag: \"v1\"", "Changed")]
    [InlineData("200; Content-Length: 1050; ETag: \"v1\"", "Changed")]
    [InlineData("200; Content-Length: 5000; ETag: \"v2\"", "Changed")]
    [InlineData("416; Content-Range: bytes */1099", "Changed")]
    [InlineData("416; Content-Range: bytes */5000", "Inconclusive")]
    [InlineData("416; Content-Range: bytes */5001", "Changed")]
    [InlineData("304", "Confirmed")]
    public void The_last_question_is_about_the_last_byte_of_the_part(string answer, string verdict)
    {
        var whole = Known.Representation with { Validator = new() { EntityTag = Known.Tag }, ContentType = null, ResourceLength = 5000 };
        var asked = FinalAnswer.QuestionOf(whole, 100, OriginTraits.None);
        Assert.Equal("bytes=1099-1099", Window.ToResource(asked).Fields().First().Value);
        Assert.Equal(verdict, FinalAnswer.Judge(whole, Window.ToFile(asked, Scene.Answered(answer)), Known.Limits.StrongDateMargin).ToString());
    }

    [Fact]
    public void A_resource_that_ends_within_the_part_by_now_changed_whatever_length_it_had()
    {
        var whole = Known.Representation with { Validator = new() { EntityTag = Known.Tag }, ContentType = null };
        var answer = Window.ToFile(FinalAnswer.QuestionOf(whole, 100, OriginTraits.None), Scene.Answered("200; Content-Length: 1050; ETag: \"v1\""));
        Assert.Equal((50, FinalVerdict.Changed), (answer.ContentLength, FinalAnswer.Judge(whole, answer, Known.Limits.StrongDateMargin)));
    }
}
