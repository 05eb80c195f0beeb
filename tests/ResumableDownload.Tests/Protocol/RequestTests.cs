using ResumableDownload.Model;
using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

/// <summary>What goes out: fields, the caller's fields, and redirects.</summary>
public sealed class RequestTests
{
    private static readonly string[] Conditions = ["If-Range", "If-Match", "If-Unmodified-Since", "If-None-Match", "If-Modified-Since"];

    [Theory]
    [InlineData(0, null, "bytes=0-")]
    [InlineData(40, null, "bytes=40-")]
    [InlineData(40, 60L, "bytes=40-59")]
    [InlineData(40, 41L, "bytes=40-40")]
    [InlineData(9_000_000_000_000, 9_000_000_000_001, "bytes=9000000000000-9000000000000")]
    public void A_range_is_inclusive_on_the_wire(long start, long? end, string expected) =>
        Assert.Equal(expected, RangeRequest.Part(start, end, null).Fields().Single(static field => field.Key == "Range").Value);

    [Fact]
    public void The_whole_is_asked_for_plainly() =>
        Assert.Equal([new("Accept-Encoding", "identity")], RangeRequest.Whole.Fields());

    [Fact]
    public void A_request_never_carries_two_conditions_nor_one_without_a_range()
    {
        Validator[] validators =
        [
            new(), new() { EntityTag = Known.Tag }, new() { LastModified = Known.Date },
            new() { EntityTag = Known.Tag, LastModified = Known.Date }, new() { EntityTag = "W/\"v1\"", LastModified = Known.Date },
        ];
        foreach (var (validator, traits, policy, intention) in
            from validator in validators
            from traits in Enumerable.Range(0, 16).Select(static bits => (OriginTraits)bits)
            from policy in Enum.GetValues<ResumeCondition>()
            from intention in new Intention[] { new(), new() { StartOver = StartOverReason.Changed }, new() { WithoutCondition = true }, new() { NoCache = true } }
            select (validator, traits, policy, intention))
        {
            var kept = Known.Holding(Known.Representation with { Validator = validator });
            var fields = NextQuestion.Choose(kept, (40, null), traits, intention, policy, Known.Limits).Request.Fields().ToArray();
            var hasRange = fields.Any(static field => field.Key == "Range");
            Assert.InRange(fields.Count(static field => Conditions.Contains(field.Key)), 0, hasRange ? 1 : 0);
            Assert.DoesNotContain(fields, static field => Conditions.Contains(field.Key) && field.Value.StartsWith("W/", StringComparison.OrdinalIgnoreCase));
            Assert.Contains(fields, static field => field is { Key: "Accept-Encoding", Value: "identity" });
        }
    }

    [Theory]
    [InlineData("X-Api-Key", "secret")]
    [InlineData("Authorization", "Bearer a.b-c")]
    [InlineData("Empty", "")]
    [InlineData("Tab", "a\tb")]
    [InlineData("Accept", "*/*")]
    public void A_harmless_header_may_be_added(string name, string value) =>
        Assert.Equal(KeyValuePair.Create(name, value), Assert.Single(CallerHeaders.Checked([new(name, value)])));

    [Theory]
    [InlineData("X", "a\r\nInjected: b")]
    [InlineData("X", "a\nb")]
    [InlineData("X", "a\rb")]
    [InlineData("X", "a\0b")]
    [InlineData("X", "caf\u00e9")]
    [InlineData("X", null)]
    [InlineData("X\r\nInjected", "b")]
    [InlineData("X:", "b")]
    [InlineData("X Y", "b")]
    [InlineData("X\u00e9", "b")]
    [InlineData("", "b")]
    [InlineData(null, "b")]
    [InlineData("Range", "bytes=0-")]
    [InlineData("range", "bytes=0-")]
    [InlineData("If-Range", "x")]
    [InlineData("If-Match", "x")]
    [InlineData("If-None-Match", "x")]
    [InlineData("If-Modified-Since", "x")]
    [InlineData("If-Unmodified-Since", "x")]
    [InlineData("Accept-Encoding", "gzip")]
    [InlineData("TE", "x")]
    [InlineData("Connection", "close")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("Content-Length", "1")]
    [InlineData("Upgrade", "h2c")]
    [InlineData("content-type", "text/plain")]
    [InlineData("Content-MD5", "xyz")]
    [InlineData("Allow", "HEAD")]
    [InlineData("expires", "never")]
    [InlineData("Last-Modified", "today")]
    public void A_harmful_header_is_refused_and_its_value_not_told(string? name, string? value)
    {
        var refused = Assert.Throws<ArgumentException>(() => CallerHeaders.Checked([new("Fine", "fine"), new(name!, value!)]));
        Assert.True(string.IsNullOrEmpty(value) || value.Length < 3 || !refused.Message.Contains(value, StringComparison.Ordinal), refused.Message);
    }

    [Theory]
    [InlineData("", "b", "A header field has no name.")]
    [InlineData("X Y", "b", "A header field's name holds a character that is not allowed.")]
    [InlineData("If-Range", "b", "The header field 'If-Range' is set by the download itself.")]
    [InlineData("Content-Length", "1", "The header field 'Content-Length' describes content, and a GET carries none.")]
    [InlineData("Expires", "b", "The header field 'Expires' describes content, and a GET carries none.")]
    [InlineData("X", "a\nb", "The value of the header field 'X' is missing, or holds a line break or another character that cannot be sent.")]
    public void A_refused_header_is_told_with_its_fault(string name, string value, string why) =>
        Assert.StartsWith(why, Assert.Throws<ArgumentException>(() => CallerHeaders.Checked([new(name, value)])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://a/x/f", "g", 0, "https://a/x/g")]
    [InlineData("https://a/x/f", "/g?q=1", 19, "https://a/g?q=1")]
    [InlineData("https://a/f", "https://b/g", 0, "https://b/g")]
    [InlineData("https://a/f", "//b/g", 0, "https://b/g")]
    [InlineData("http://a/f", "https://a/f", 0, "https://a/f")]
    [InlineData("http://a/f", "http://b/f", 0, "http://b/f")]
    [InlineData("https://a/f", "http://a/f", 0, null)]
    [InlineData("http://a/f", "ftp://a/f", 0, null)]
    [InlineData("http://a/f", "file:///etc/passwd", 0, null)]
    [InlineData("http://a/f", "data:,x", 0, null)]
    [InlineData("http://a/f", "", 0, null)]
    [InlineData("http://a/f", null, 0, null)]
    [InlineData("http://a/f", "http://[", 0, null)]
    [InlineData("http://a/f", "file://\u202e", 0, null)]
    [InlineData("http://a/f", "http://\u202e/g", 0, null)]
    [InlineData("http://a/f", "//xn--\u00fc/g", 0, null)]
    [InlineData("http://a/f", "https://xn--\u00fc/g", 0, null)]
    [InlineData("http://a/f", "g", 20, null)]
    public void A_redirect_leads_to(string from, string? location, int hops, string? expected)
    {
        var redirect = Redirect.Judge(new Uri(from), location, hops);
        Assert.Equal(expected, redirect.Target?.AbsoluteUri);
        Assert.Equal(expected is null, redirect.Refusal is not null);
    }

    [Theory]
    [InlineData("https://a/f", "http://a/f", 0, "The server redirected from https to http")]
    [InlineData("http://a/f", "ftp://a/f", 0, "The server redirected to an address of the scheme 'ftp'")]
    [InlineData("http://a/f", "", 0, "The server redirected without a usable Location")]
    [InlineData("http://a/f", "g", 20, "The server redirected more than 20 times")]
    public void A_redirect_that_is_not_followed_is_told_with_its_reason(string from, string location, int hops, string why) =>
        Assert.Equal(why, Redirect.Judge(new Uri(from), location, hops).Refusal);

    [Theory]
    [InlineData(300, false)]
    [InlineData(301, true)]
    [InlineData(302, true)]
    [InlineData(303, true)]
    [InlineData(304, false)]
    [InlineData(305, false)]
    [InlineData(307, true)]
    [InlineData(308, true)]
    public void These_statuses_redirect(int status, bool expected) => Assert.Equal(expected, Redirect.Is(status));

    [Theory]
    [InlineData("https://a/f", "https://A:443/g", true)]
    [InlineData("https://a/f", "http://a/f", false)]
    [InlineData("https://a/f", "https://a:8443/f", false)]
    [InlineData("https://a/f", "https://b.a/f", false)]
    [InlineData("https://b\u00fccher.example/f", "https://xn--bcher-kva.example/f", true)]
    public void Credentials_may_go_on_within_one_origin(string one, string other, bool expected) =>
        Assert.Equal(expected, Redirect.SameOrigin(new Uri(one), new Uri(other)));
}
