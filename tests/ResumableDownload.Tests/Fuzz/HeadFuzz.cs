using System.Net;
using ResumableDownload.Model;
using ResumableDownload.Protocol;
using ResumableDownload.Tests.Protocol;
using ResumableDownload.Transport;

namespace ResumableDownload.Tests.Fuzz;

/// <summary>Whatever the head of an answer says: it is judged without an error, and no body is let in that was not asked for.</summary>
public sealed class HeadFuzz
{
    private static readonly string[] Modes =
    [
        "F", "R", "M", "R until=60", "R small", "R over", "R after-412", "R differs", "R odd=1", "R odd=2", "R tag-only", "R date-only", "R weak", "R weak evidence", "R nameless", "R no-total",
        "R page", "F expect=100", "R most=90", "R refuse weak", "R digest", "F since", "R signed", "R signed=5", "R crc=7", "M of=5000", "R cut",
    ];

    private static readonly int[] Statuses =
        [100, 101, 199, 200, 200, 200, 202, 203, 204, 206, 206, 206, 206, 226, 300, 302, 304, 400, 401, 403, 404, 408, 410, 412, 416, 416, 418, 425, 429, 451, 500, 501, 503, 505, 511, 599, 600, 999];

    private static readonly (string Name, string[] Values)[] Fields =
    [
        ("ETag", ["\"v1\"", "\"v2\"", "W/\"v1\"", "v1", "*", "\"\"", "W/\"\""]),
        ("Last-Modified", [Known.Date, "Tue, 02 Jan 2024 00:00:00 GMT", "Monday, 01-Jan-24 00:00:00 GMT", "never", "0"]),
        ("Date", ["Sat, 01 Jun 2024 12:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "now"]),
        ("Content-Range", ["bytes 40-99/100", "bytes 40-59/100", "bytes 0-99/100", "bytes 39-99/100", "bytes 40-99/*", "bytes */100", "bytes */40", "bytes 40-9223372036854775806/9223372036854775807", "bytes 1040-1099/5000"]),
        ("Content-Length", ["60", "100", "20", "0", "-1", "9223372036854775807", "60, 60", "60, 61"]),
        ("Content-Type", [Known.Type, "text/html", "multipart/byteranges; boundary=x", "application/xhtml+xml", ";"]),
        ("Content-Encoding", ["gzip", "identity", "identity, br", ","]),
        ("Content-Disposition", ["attachment; filename=\"../../x\"", "attachment; filename*=UTF-8''%2e%2e%2fx", "inline"]),
        ("Retry-After", ["0", "5", "99999999999999999999", "-1", "Sat, 01 Jun 2024 12:05:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "soon"]),
        ("Accept-Ranges", ["none", "bytes"]),
        ("Transfer-Encoding", ["chunked"]),
        ("Via", ["1.1 cache"]),
        ("Server", ["AliyunOSS", "nginx", "Windows-Azure-Blob/1.0"]),
        ("Repr-Digest", ["sha-256=:AAAA:", "md5=:AAAAAAAAAAAAAAAAAAAAAA==:, crc32c=:AAAAAA==:", "sha-256=\"a,b\";x=\"\\\\\"", "=:::=,,;"]),
        ("Digest", ["SHA-256=x,CRC32c=0a72a4df", "md5=", "crc32c=123456789"]),
        ("Content-MD5", ["AAAAAAAAAAAAAAAAAAAAAA==", "x"]),
        ("x-oss-hash-crc64ecma", ["7", "18446744073709551615", "18446744073709551616"]),
        ("x-goog-hash", ["crc32c=AAAAAA==,md5=AAAAAAAAAAAAAAAAAAAAAA=="]),
        ("x-amz-checksum-type", ["FULL_OBJECT"]),
        ("x-amz-checksum-crc32", ["AAAAAA==", "AAAAAA==-3"]),
        ("x-ms-blob-content-md5", ["AAAAAAAAAAAAAAAAAAAAAA=="]),
    ];

    [Fact]
    public Task No_answer_makes_an_error_or_lets_in_what_was_not_asked_for() => Fuzzing.PlayAsync(100_000, static random =>
    {
        var asked = Scene.Asked(random.Pick(Modes));
        using var response = Response(random);
        var window = random.Next(4) == 0 ? new ResourceWindow(new ByteRange(1000, 1100)) : null;
        var error = random.Next(4) == 0 ? StoreError.Read(Mutation.Of("<Error><Code>AccessDenied</Code><Message>Request has expired</Message><ActualObjectSize>100</ActualObjectSize></Error>", random)) : null;
        var facts = FactsReader.Read(response, Known.Now, error);
        facts = window?.ToFile(asked.Request, facts) ?? facts;

        var decision = ResponseClassifier.Classify(asked, facts);

        AssertShowable(Scene.Told(decision));
        AssertShowable(ResponseClassifier.Told(facts));
        _ = window?.BytesOf(asked.Request, facts);
        _ = SegmentAnswer.Judge(asked, decision);
        _ = FinalAnswer.Judge(Known.Representation, facts, TimeSpan.FromSeconds(60));
        if (decision is ResponseDecision.WriteAt body)
        {
            AssertAskedFor(asked, facts, body);
        }
        else if (decision is ResponseDecision.RetryLater { After: { } wait })
        {
            Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        }
    });

    // By the rules once more, and by none of the classifier's own helpers.
    private static void AssertAskedFor(Question asked, ResponseFacts facts, ResponseDecision.WriteAt body)
    {
        Assert.True(facts.Status is 200 or 206);
        Assert.Null(facts.ContentCoding);
        Assert.InRange(body.Offset, 0, asked.Request.Start);
        Assert.True(body.End is null || body.End >= body.Offset, $"{body}");
        if (body is { Continues: true, IsByEvidence: false })
        {
            var kept = asked.Kept!.Representation.Validator;
            Assert.True(facts.EntityTag is null || kept.EntityTag is null || facts.EntityTag == kept.EntityTag, $"{facts.EntityTag} continues {kept.EntityTag}");
            Assert.True(facts.EntityTag is not null || facts.LastModified is null || facts.LastModified == kept.LastModified, $"{facts.LastModified} continues {kept.LastModified}");
        }

        if (facts.Status == 206 && asked.Request.IsPartial)
        {
            Assert.StartsWith($"bytes {body.Offset}-{body.End - 1}/", Assert.Single(facts.ContentRange).Trim().ToLowerInvariant().Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    private static HttpResponseMessage Response(Random random)
    {
        var response = new HttpResponseMessage((HttpStatusCode)random.Pick<int>(Statuses)) { Content = new ByteArrayContent([]), Version = random.Next(4) == 0 ? HttpVersion.Version20 : HttpVersion.Version11 };
        for (var count = random.Next(1, 9); count > 0; count--)
        {
            // The first ones, which decide, more often.
            var (name, values) = Fields[random.Next(random.Next(2) == 0 ? 5 : Fields.Length)];
            var value = random.Next(4) == 0 ? Mutation.Of(random.Pick<string>(values), random) : random.Pick<string>(values);
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }

    private static void AssertShowable(string text)
    {
        Assert.DoesNotContain(text, char.IsControl);
        Assert.InRange(text.Length, 0, 1000);
    }
}
