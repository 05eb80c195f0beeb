using System.Globalization;
using System.Text;
using ResumableDownload.Model;
using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

/// <summary>What is read from the documents that stores refuse with, and from what is not one of them.</summary>
public sealed class StoreErrorTests
{
    [Fact]
    public void What_the_document_repeats_of_a_signature_is_not_told() => Assert.Equal(
        "AccessDenied: The address f?Signature=… is not valid …",
        StoreError.Read("<Error><Code>AccessDenied</Code><Message>The address f?Signature=TOP%2FSECRET is not valid TOP/SECRET</Message></Error>", QueryParameters.Of("?Signature=TOP%2FSECRET&a=b").Secrets)!.ToString());

    public static TheoryData<string, string, string?> Documents => new()
    {
        { "Alibaba", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>AccessDenied</Code>\n  <Message>Request has expired.</Message>\n  <RequestId>5C</RequestId>\n  <Expires>2024-06-01T12:00:00.000Z</Expires>\n  <EC>0002-00000069</EC>\n</Error>\n", "AccessDenied: Request has expired." },
        { "Amazon", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>InvalidRange</Code><Message>The requested range is not satisfiable</Message><RangeRequested>bytes=9-</RangeRequested><ActualObjectSize>5</ActualObjectSize></Error>", "InvalidRange: The requested range is not satisfiable of 5" },
        { "Azure", "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>AuthenticationFailed</Code><Message>Server failed.\nRequestId:1\nTime:2</Message><AuthenticationErrorDetail>Signature not valid</AuthenticationErrorDetail></Error>", "AuthenticationFailed: Server failed.?RequestId:1?Time:2" },
        { "Google", "<?xml version='1.0' encoding='UTF-8'?><Error><Code>ExpiredToken</Code><Message>Invalid argument.</Message><Details>The provided token has expired.</Details></Error>", "ExpiredToken: Invalid argument." },
        { "Tencent", "<Error><Code>RequestTimeout</Code></Error>", "RequestTimeout" },
        { "a namespace", "<Error xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Code>SlowDown</Code><Message>Reduce</Message></Error>", "SlowDown: Reduce" },
        { "a prefix", "<e:Error xmlns:e=\"urn:x\"><e:Code>SlowDown</e:Code></e:Error>", "SlowDown" },
        { "attributes", "<Error a=\"1\"><Code b=\"2\">X</Code></Error>", "X" },
        { "another order", "<Error><RequestId>1</RequestId><Message>m</Message><Code>c</Code></Error>", "c: m" },
        { "empty elements between", "<Error><HostId/><Message></Message><Code>c</Code></Error>", "c" },
        { "an empty element at the end", "<Error><Code>c</Code><HostId/></Error>", "c" },
        { "comments", "<!-- x --><Error><!-- y --><Code>c<!-- z -->d</Code></Error>", "cd" },
        { "instructions", "<Error><Code>c<?x y?>d</Code></Error>", "cd" },
        { "character data", "<Error><Code><![CDATA[A<B]]></Code></Error>", "A<B" },
        { "escapes", "<Error><Code>a&amp;b&#x41;</Code></Error>", "a&bA" },
        { "a name within another", "<Error><Details><Code>inner</Code></Details><Code>outer</Code></Error>", "outer" },
        { "elements within a message", "<Error><Code>c</Code><Message>a <b>bold</b> word</Message></Error>", "c: a bold word" },
        { "the first of two", "<Error><Code>one</Code><Code>two</Code></Error>", "one" },
        { "a size that is none", "<Error><Code>c</Code><ActualObjectSize>-1</ActualObjectSize></Error>", "c" },
        { "a size too great", "<Error><Code>c</Code><ActualObjectSize>9223372036854775808</ActualObjectSize></Error>", "c" },
        { "colours of a terminal", "<Error><Code>c</Code><Message>&#x9b;31m red</Message></Error>", "c: ?31m red" },
        { "text around", "\n  <Error><Code>c</Code></Error>  \n", "c" },

        { "no code", "<Error><Message>m</Message></Error>", null },
        { "an empty code", "<Error><Code/></Error>", null },
        { "an empty document of that form", "<Error/>", null },
        { "another root", "<Result><Code>c</Code></Result>", null },
        { "a root within another", "<Errors><Error><Code>c</Code></Error></Errors>", null },
        { "a name in other letters", "<error><code>c</code></error>", null },
        { "nothing", "", null },
        { "a page", "<!DOCTYPE html><html><body><Error><Code>c</Code></Error></body></html>", null },
        { "a page without a type", "<html><p>unclosed</html>", null },
        { "other notation", "{\"error\":{\"code\":403,\"message\":\"no\"}}", null },
        { "a sentence", "Access denied", null },
        { "bytes", "\0\u0001\u0002<Error>", null },
        { "a document that was cut", "<Error><Code>c</Code><Message>half", null },
        { "a type that is declared", "<!DOCTYPE Error><Error><Code>c</Code></Error>", null },
        { "entities that grow", "<!DOCTYPE Error [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><Error><Code>&b;</Code></Error>", null },
        { "an entity from a file", "<!DOCTYPE Error [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><Error><Code>&a;</Code></Error>", null },
        { "an entity of nowhere", "<Error><Code>&nbsp;</Code></Error>", null },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_says(string why, string document, string? expected)
    {
        var error = StoreError.Read(document);
        var told = error is null ? null : error + (error.ObjectSize is { } size ? string.Create(CultureInfo.InvariantCulture, $" of {size}") : "");
        Assert.Equal($"{why}: {expected}", $"{why}: {told}");
    }

    [Fact]
    public void A_long_message_is_shortened()
    {
        var error = StoreError.Read($"<Error><Code>{new string('c', 50_000)}</Code><Message>{new string('m', 10_000)}</Message></Error>");
        Assert.InRange(error!.ToString().Length, 200, 205);
    }

    [Theory]
    [InlineData("<a>")]
    [InlineData("<Error><a>")]
    [InlineData("<Error><Code>x</Code>")]
    [InlineData("<Error>&#65;")]
    [InlineData("<Error a='")]
    [InlineData("<![CDATA[")]
    [InlineData("<?x?>")]
    public void Sixty_four_kibibytes_of_hostility_are_nothing(string pattern)
    {
        var document = new StringBuilder(64 * 1024);
        while (document.Length < 64 * 1024)
        {
            document.Append(pattern);
        }

        Assert.Null(StoreError.Read(document.ToString()));
    }

    [Theory]
    [InlineData("AccessDenied", "Request has expired.", "expired")]
    [InlineData("ExpiredToken", null, "expired")]
    [InlineData("SecurityTokenExpired", null, "expired")]
    [InlineData("TokenRefreshRequired", "EXPIRED", "expired")]
    [InlineData("AccessDenied", "You have no right to access this object.", "")]
    [InlineData("InvalidObjectState", null, "archived")]
    [InlineData("SlowDown", null, "passing")]
    [InlineData("RequestTimeout", null, "passing")]
    [InlineData("ServerBusy", null, "passing")]
    [InlineData("DownloadTrafficRateLimitExceeded", null, "passing")]
    [InlineData("TotalQpsLimitExceeded", null, "passing")]
    [InlineData("QpsLimitExceeded", null, "passing")]
    [InlineData("InternalError", null, "passing")]
    [InlineData("Throttling", null, "passing")]
    [InlineData("OperationTimedOut", null, "passing")]
    [InlineData("ActiveRequestLimitExceeded", null, "passing")]
    [InlineData("MetaOperationQpsLimitExceeded", null, "passing")]
    [InlineData("CpuLimitExceeded", null, "passing")]
    [InlineData("ServiceUnavailable", null, "passing")]
    [InlineData("SignatureDoesNotMatch", null, "")]
    public void A_code_means(string code, string? message, string expected)
    {
        var error = new StoreError(code, message);
        string[] meanings = [error.SaysExpired ? "expired" : "", error.IsArchived ? "archived" : "", error.IsPassing ? "passing" : ""];
        Assert.Equal(expected, string.Concat(meanings));
    }
}
