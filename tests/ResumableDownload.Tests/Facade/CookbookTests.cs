using System.Net.Http.Headers;
using ResumableDownload.Tests.TestKit;
using RichardSzalay.MockHttp;

namespace ResumableDownload.Tests.Facade;

/// <summary>The recipes of samples/COOKBOOK.md for those who test: they are the code below.</summary>
public sealed class CookbookTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_mocked_handler_answers()
    {
        byte[] bytes = [1, 2, 3];
        var path = _folder.File("model.bin");

        Assert.Equal(bytes, await File.ReadAllBytesAsync((await MockedAsync(bytes, path)).Path));
    }

    [Fact]
    public async Task A_fake_downloader_fails_as_the_test_wants()
    {
        IResumableDownloader downloader = new NoDownloads();

        var failure = await Assert.ThrowsAsync<DownloadException>(() => downloader.DownloadAsync(new Uri("https://example.com/model.bin"), _folder.File("model.bin")));

        Assert.Equal(DownloadFailure.NotFound, failure.Failure);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<DownloadResult> MockedAsync(byte[] bytes, string path)
    {
        #region told: a mocked handler
        using var handler = new MockHttpMessageHandler();
        handler.When("https://example.com/model.bin").Respond(_ => new HttpResponseMessage
        {
            Headers = { ETag = new EntityTagHeaderValue("\"v1\"") },
            Content = new ByteArrayContent(bytes),
        });

        using var downloader = new ResumableDownloader(handler.ToHttpClient());
        var result = await downloader.DownloadAsync(new Uri("https://example.com/model.bin"), path);
        #endregion
        return result;
    }

    #region told: a fake
    private sealed class NoDownloads : IResumableDownloader
    {
        public Task<DownloadResult> DownloadAsync(DownloadRequest request, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken) =>
            throw new DownloadException(DownloadFailure.NotFound, "There is no such file.");
    }
    #endregion
}
