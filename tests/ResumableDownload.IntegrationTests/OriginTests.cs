using System.Net;

namespace ResumableDownload.IntegrationTests;

/// <summary>The scripted origin itself, seen by a plain client: a test server that lies by mistake would prove nothing.</summary>
public sealed class OriginTests
{
    private const int Length = 200_000;

    [Theory]
    [InlineData(null, null, null, 200, 0)]
    [InlineData("bytes=5-", null, null, 206, 5)]
    [InlineData("bytes=5-7", null, null, 206, 5)]
    [InlineData("bytes=5-", "\"v1\"", null, 206, 5)]
    [InlineData("bytes=5-", "\"v2\"", null, 200, 0)]
    [InlineData("bytes=5-", "W/\"v1\"", null, 200, 0)]
    [InlineData("bytes=5-", "Thu, 02 Jan 2020 00:00:00 GMT", null, 206, 5)]
    [InlineData("bytes=5-", "Fri, 03 Jan 2020 00:00:00 GMT", null, 200, 0)]
    [InlineData("bytes=5-", null, "\"v1\"", 206, 5)]
    [InlineData("bytes=5-", null, "\"v2\"", 412, 0)]
    [InlineData("bytes=5-", "\"v2\"", "\"v2\"", 412, 0)]
    [InlineData("bytes=200000-", null, null, 416, 0)]
    public async Task It_is_honest_by_default(string? range, string? ifRange, string? ifMatch, int status, int from)
    {
        await using var origin = new ScriptedOrigin(Resource.Version(1, Length));

        using var answer = await AskAsync(origin, ("Range", range), ("If-Range", ifRange), ("If-Match", ifMatch));

        Assert.Equal(status, (int)answer.StatusCode);
        if (answer.IsSuccessStatusCode)
        {
            var body = await answer.Content.ReadAsByteArrayAsync();
            Scene.AssertSame(origin.Resource.Bytes[from..(from + body.Length)], body);
            Assert.Equal(("\"v1\"", Resource.DateOf(1)), (answer.Headers.ETag?.Tag, answer.Content.Headers.LastModified?.ToString("R")));
        }
    }

    [Fact]
    public async Task It_ignores_what_it_is_told_to_ignore()
    {
        await using var origin = new ScriptedOrigin(Resource.Version(1, Length));
        origin.Then(new Conduct { IgnoresIfRange = true }, new Conduct { IgnoresIfMatch = true }, new Conduct { IgnoresRange = true });

        using var first = await AskAsync(origin, ("Range", "bytes=5-"), ("If-Range", "\"v2\""));
        using var second = await AskAsync(origin, ("Range", "bytes=5-"), ("If-Match", "\"v2\""));
        using var third = await AskAsync(origin, ("Range", "bytes=5-"));

        Assert.Equal([206, 206, 200], new[] { first, second, third }.Select(answer => (int)answer.StatusCode));
    }

    [Theory]
    [InlineData(Ending.Close)]
    [InlineData(Ending.Reset)]
    public async Task It_cuts_where_it_is_told_to(Ending ending)
    {
        await using var origin = new ScriptedOrigin(Resource.Version(1, Length), Conduct.CutAt(150_000, ending));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => AskAsync(origin));

        Assert.Equal(150_000, origin.BodyBytesSent);
    }

    [Fact]
    public async Task It_sends_chunks()
    {
        await using var origin = new ScriptedOrigin(Resource.Version(1, Length), Conduct.Say(answer => answer with { Framing = Framing.Chunked }));

        using var answer = await AskAsync(origin);

        Assert.True(answer.Headers.TransferEncodingChunked);
        Scene.AssertSame(origin.Resource.Bytes, await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task It_keeps_the_connection_and_the_order_of_its_script()
    {
        await using var origin = new ScriptedOrigin(Resource.Version(1, Length), Conduct.Refuse(503), Conduct.RedirectTo("/x"), Conduct.Serve);

        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < 3; request++)
        {
            using var answer = await AskAsync(origin);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.Redirect, HttpStatusCode.OK], statuses);
        Assert.Equal(3, origin.Requests.Count);
    }

    private static async Task<HttpResponseMessage> AskAsync(ScriptedOrigin origin, params (string Name, string? Value)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, origin.Url);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value is null ? [] : [value]);
        }

        return await client.SendAsync(request).WaitAsync(Wait.Limit);
    }
}
