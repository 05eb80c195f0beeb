using System.Globalization;
using System.Net;
using System.Text;
using ResumableDownload.Protocol;
using ResumableDownload.Transport;

namespace ResumableDownload.Tests.Transport;

/// <summary>What the head of an answer says, read from raw text as HttpClient hands it over.</summary>
public sealed class FactsReaderTests
{
    private static readonly DateTimeOffset Now = new(2024, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Content-Length: 5", 5L, null, false)]
    [InlineData("Content-Length: 0", 0L, null, false)]
    [InlineData("Content-Length: 5|Content-Length: 5", 5L, null, false)]
    [InlineData("Content-Length: 5, 5", 5L, null, false)]
    [InlineData("Content-Length: 5|Content-Length: 6", null, "5, 6", false)]
    [InlineData("Content-Length: 5, 6", null, "5, 6", false)]
    [InlineData("Content-Length: -5", null, "-5", false)]
    [InlineData("Content-Length: +5", null, "+5", false)]
    [InlineData("Content-Length: 0x5", null, "0x5", false)]
    [InlineData("Content-Length: abc", null, "abc", false)]
    [InlineData("Content-Length: 5.0", null, "5.0", false)]
    [InlineData("Content-Length: 99999999999999999999", null, "99999999999999999999", false)]
    [InlineData("Transfer-Encoding: chunked|Content-Length: abc", null, null, true)]
    [InlineData("Transfer-Encoding: chunked|Content-Length: 7", null, null, true)]
    [InlineData("", null, null, false)]
    public void A_length_is_a_number_or_is_told_to_be_none(string head, long? length, string? invalid, bool isMarked)
    {
        var facts = Read(head);
        Assert.Equal((length, invalid, isMarked), (facts.ContentLength, facts.InvalidLength, facts.EndIsMarked));
    }

    [Fact]
    public void The_end_of_an_HTTP_2_body_is_marked() => Assert.True(Read("", version: 2).EndIsMarked);

    [Theory]
    [InlineData("attachment; filename=\"plain.zip\"", "plain.zip")]
    [InlineData("attachment; filename=\"résumé.pdf\"", "résumé.pdf")]
    [InlineData("attachment; filename=\"日本語.txt\"", "日本語.txt")]
    [InlineData("attachment; filename*=UTF-8''%E6%97%A5.txt; filename=\"fallback.txt\"", "日.txt")]
    [InlineData("attachment; filename=\"../../etc/passwd\"", "passwd")]
    [InlineData("attachment", null)]
    [InlineData("attachment; filename=\"\"", null)]
    public void A_name_comes_through_as_it_was_sent(string field, string? expected)
    {
        // HttpClient makes a character of every byte.
        var raw = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(field));
        Assert.Equal(expected, Read($"Content-Disposition: {raw}").FileName);
    }

    [Fact]
    public void A_name_in_Latin_1_stays_one() =>
        Assert.Equal("résumé.pdf", Read("Content-Disposition: attachment; filename=\"résumé.pdf\"").FileName);

    [Theory]
    [InlineData("ETag: \"a\"", "\"a\"")]
    [InlineData("ETag: \"a\"|ETag: \"a\"", "\"a\"")]
    [InlineData("ETag: \"a\"|ETag: \"b\"", "W/\"a\", \"b\"")]
    [InlineData("ETag: unquoted", "unquoted")]
    [InlineData("", null)]
    public void Two_different_tags_are_no_strong_one(string head, string? expected) => Assert.Equal(expected, Read(head).EntityTag);

    [Theory]
    [InlineData("Date: Sat, 01 Jun 2024 11:00:00 GMT", "11:00")]
    [InlineData("Date: soon", "12:00")]
    [InlineData("", "12:00")]
    public void The_date_is_the_servers_or_else_when_the_answer_came(string head, string expected) =>
        Assert.Equal(expected, Read(head).Date.ToString("HH:mm", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("Via: 1.1 x", true)]
    [InlineData("Age: 0", true)]
    [InlineData("X-Cache: MISS", true)]
    [InlineData("Cache-Status: x; hit", true)]
    [InlineData("Server: nginx", false)]
    public void A_shared_cache_gives_itself_away(string head, bool expected) => Assert.Equal(expected, Read(head).PassedCache);

    [Theory]
    [InlineData("Accept-Ranges: none", true)]
    [InlineData("Accept-Ranges: NONE", true)]
    [InlineData("Accept-Ranges: bytes", false)]
    [InlineData("Accept-Ranges: none|Accept-Ranges: bytes", false)]
    [InlineData("", false)]
    public void Silence_about_ranges_is_no_refusal(string head, bool expected) => Assert.Equal(expected, Read(head).RefusesRanges);

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("identity, gzip", true)]
    [InlineData("identity", false)]
    public void A_client_that_asks_for_codings_decodes_them(string sent, bool expected)
    {
        using var response = Response("");
        response.RequestMessage = new(HttpMethod.Get, "https://origin.test/");
        response.RequestMessage.Headers.TryAddWithoutValidation("Accept-Encoding", sent);
        Assert.Equal(expected, FactsReader.Read(response, Now).ClientDecodes);
    }

    private static ResponseFacts Read(string head, int version = 1)
    {
        using var response = Response(head);
        response.Version = new(version, 1);
        return FactsReader.Read(response, Now);
    }

    private static HttpResponseMessage Response(string head)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new NoLength()) };
        foreach (var line in head.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            Assert.True(response.Headers.TryAddWithoutValidation(name, value) || response.Content.Headers.TryAddWithoutValidation(name, value));
        }

        return response;
    }

    /// <summary>A body whose length nobody can know beforehand.</summary>
    private sealed class NoLength : MemoryStream
    {
        public override bool CanSeek => false;
    }
}
