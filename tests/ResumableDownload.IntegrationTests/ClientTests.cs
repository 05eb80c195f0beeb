using System.IO.Compression;
using System.Net;

namespace ResumableDownload.IntegrationTests;

/// <summary>A client that the caller made, with habits of its own.</summary>
public sealed class ClientTests
{
    private const int Length = 500_000;

    [Fact]
    public async Task A_client_that_decompresses_never_spoils_a_file()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = Conduct.CutAt(100_000) with { Twist = Compressed } } };
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All });

        var failure = await DownloadAsync(scene, client);

        Assert.True(failure is null or DownloadException { Failure: DownloadFailure.UnexpectedCoding }, $"{failure}");
        Assert.Equal(failure is null, File.Exists(scene.Destination));
        if (failure is null)
        {
            scene.AssertHolds(scene.Origin.Resource);
        }
    }

    [Fact]
    public async Task A_client_that_follows_redirects_by_itself_still_resumes()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.RedirectTo("/b.bin"), Conduct.CutAt(200_000));
        using var client = new HttpClient();

        Assert.Null(await DownloadAsync(scene, client));

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task A_client_whose_own_headers_hold_credentials_is_not_sent_to_another_origin()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await using var other = new ScriptedOrigin(Resource.Version(1, Length));
        scene.Origin.Otherwise = Conduct.RedirectTo(other.Url.AbsoluteUri);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("Authorization", "Bearer top-secret");

        var failure = await DownloadAsync(scene, client);

        Assert.Equal(DownloadFailure.RedirectRefused, Assert.IsType<DownloadException>(failure).Failure);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_client_with_a_short_timeout_is_no_cancellation()
    {
        // HttpClient's own timeout looks like a cancellation, but nobody cancelled (design: the caller's token only).
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.Silence(Ending.Stall)) { Options = { MaxAttemptsWithoutProgress = 3 } };
        using var client = new HttpClient { Timeout = TimeSpan.FromMilliseconds(500) };

        Assert.Null(await DownloadAsync(scene, client));

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task The_callers_client_and_options_are_left_as_they_were()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(200_000));
        using var client = new HttpClient { DefaultRequestHeaders = { { "X-Mine", "1" } } };

        Assert.Null(await DownloadAsync(scene, client));

        Assert.Equal(["X-Mine"], client.DefaultRequestHeaders.Select(header => header.Key));
        Assert.Equal((TimeSpan.FromSeconds(100), null), (client.Timeout, client.BaseAddress));
        using var answer = await client.GetAsync(scene.Origin.Url);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static Answer Compressed(SeenRequest request, Answer answer)
    {
        if (request["Accept-Encoding"]?.Contains("gzip", StringComparison.Ordinal) is not true)
        {
            return answer;
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(answer.Body.Span);
        }

        return (answer with { Body = packed.ToArray() }).With("Content-Encoding", "gzip");
    }

    private static async Task<Exception?> DownloadAsync(Scene scene, HttpClient client)
    {
        using var downloader = new ResumableDownloader(client, scene.Options);
        return await Record.ExceptionAsync(() => downloader.DownloadAsync(scene.Origin.Url, scene.Destination).WaitAsync(Wait.Limit));
    }
}
