using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace ResumableDownload.IntegrationTests;

public sealed class RedirectTests
{
    private const int Length = 500_000;

    private static readonly KeyValuePair<string, string>[] Credentials =
    [
        new("Authorization", "Bearer top-secret"), new("Cookie", "session=top-secret"), new("X-Api-Key", "top-secret"),
    ];

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_followed_and_resumed_through(int status)
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.RedirectTo("/elsewhere?x=1", status), Conduct.CutAt(200_000));

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal("/elsewhere?x=1", scene.Requests[1].Target);
        Assert.Equal(Length, scene.Origin.BodyBytesSent);
        Assert.Equal((200_000, "\"v1\""), (scene.Requests[^1].From, scene.Requests[^1].IfRange));
    }

    [Theory]
    [InlineData("other.bin", "/folder/other.bin")]
    [InlineData("../other.bin?a=b#c", "/other.bin?a=b")]
    [InlineData("?a=b", "/folder/file.bin?a=b")]
    [InlineData("//127.0.0.1:{0}/other.bin", "/other.bin")]
    public async Task A_relative_location_is_resolved(string location, string target)
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        scene.Origin.Then(Conduct.RedirectTo(location.Replace("{0}", $"{scene.Origin.Port}", StringComparison.Ordinal)));

        await scene.DownloadAsync(new DownloadRequest(scene.Origin.UrlOf("/folder/file.bin"), scene.Destination));

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal(target, scene.Requests[1].Target);
    }

    [Fact]
    public async Task Credentials_go_to_the_original_origin_only()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        // Another port is another origin (RFC 6454).
        await using var other = new ScriptedOrigin(Resource.Version(1, Length), Conduct.CutAt(200_000));
        scene.Origin.Otherwise = Conduct.RedirectTo(other.UrlOf("/store?sig=1").AbsoluteUri);

        await scene.DownloadAsync(new DownloadRequest(scene.Origin.Url, scene.Destination) { Headers = Credentials });

        scene.AssertHolds(other.Resource);
        Assert.All(scene.Requests, request => Assert.Equal("Bearer top-secret", request["Authorization"]));
        Assert.Equal(2, other.Requests.Count);
        Assert.DoesNotContain("top-secret", string.Join('\n', other.Requests.SelectMany(request => request.Headers)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_come_back_with_a_redirect_home()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await using var other = new ScriptedOrigin(Resource.Version(1, Length), Conduct.RedirectTo(scene.Origin.UrlOf("/home").AbsoluteUri));
        scene.Origin.Then(Conduct.RedirectTo(other.Url.AbsoluteUri));

        await scene.DownloadAsync(new DownloadRequest(scene.Origin.Url, scene.Destination) { Headers = Credentials });

        scene.AssertHolds(scene.Origin.Resource);
        Assert.DoesNotContain("top-secret", string.Join('\n', other.Requests[0].Headers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_request_to_the_origin_carries_the_callers_headers()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(200_000));

        await scene.DownloadAsync(new DownloadRequest(scene.Origin.Url, scene.Destination) { Headers = Credentials });

        Assert.Equal(2, scene.Requests.Count);
        Assert.All(scene.Requests, request => Assert.All(Credentials, credential => Assert.Equal(credential.Value, request[credential.Key])));
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/file.bin")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://")]
    [InlineData("")]
    [InlineData("file://\u00e2\u0080\u00ae")] // U+202E in UTF-8: .NET's parser fails on it with an error of its own.
    [InlineData("http://xn--\u00c3\u00bc/file.bin")] // A host for the parser, and an error for whoever wants its name.
    public async Task A_redirect_to_a_place_that_is_not_http_is_refused(string location)
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = Conduct.RedirectTo(location) } };

        var failure = await scene.FailAsync();

        Assert.Equal(DownloadFailure.RedirectRefused, failure.Failure);
        Assert.Single(scene.Requests);
    }

    [Fact]
    public async Task A_loop_of_redirects_ends()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        scene.Origin.Otherwise = Conduct.RedirectTo(scene.Origin.Url.AbsoluteUri);

        var failure = await scene.FailAsync();

        Assert.Equal(DownloadFailure.RedirectRefused, failure.Failure);
        Assert.InRange(scene.Requests.Count, 2, 22);
    }

    [Fact]
    public async Task A_redirect_that_begins_to_loop_later_keeps_what_came()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await scene.LeaveAsync(kept: 200_000);
        scene.Origin.Otherwise = Conduct.RedirectTo("/again");

        var failure = await scene.FailAsync();

        Assert.Equal((DownloadFailure.RedirectRefused, 200_000), (failure.Failure, failure.Kept));
    }

    [Fact]
    public async Task A_redirect_from_https_to_http_is_refused()
    {
        using var certificate = SelfSigned.Create();
        await using var scene = new Scene(Resource.Version(1, Length));
        await using var secure = new ScriptedOrigin(Resource.Version(1, Length), certificate, Conduct.RedirectTo(scene.Origin.Url.AbsoluteUri));
        using var client = ClientThatTrusts(certificate);
        using var downloader = new ResumableDownloader(client, scene.Options);

        var failure = await Assert.ThrowsAsync<DownloadException>(() => downloader.DownloadAsync(secure.Url, scene.Destination).WaitAsync(Wait.Limit));

        Assert.Equal(DownloadFailure.RedirectRefused, failure.Failure);
        Assert.Empty(scene.Requests);
    }

    [Fact]
    public async Task Over_tls_a_cut_is_resumed_as_well()
    {
        using var certificate = SelfSigned.Create();
        await using var scene = new Scene(Resource.Version(1, Length));
        await using var secure = new ScriptedOrigin(Resource.Version(1, Length), certificate, Conduct.CutAt(200_000));
        using var client = ClientThatTrusts(certificate);
        using var downloader = new ResumableDownloader(client, scene.Options);

        await downloader.DownloadAsync(secure.Url, scene.Destination).WaitAsync(Wait.Limit);

        scene.AssertHolds(secure.Resource);
        Assert.Equal(Length, secure.BodyBytesSent);
    }

    [Fact]
    public async Task An_untrusted_certificate_is_not_accepted()
    {
        using var certificate = SelfSigned.Create();
        await using var scene = new Scene(Resource.Version(1, Length));
        await using var secure = new ScriptedOrigin(Resource.Version(1, Length), certificate);

        var failure = await scene.FailAsync(new DownloadRequest(secure.Url, scene.Destination));

        Assert.Equal(DownloadFailure.Connection, failure.Failure);
        Assert.Empty(secure.Requests);
    }

    private static HttpClient ClientThatTrusts(X509Certificate2 certificate) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() },
    });
}
