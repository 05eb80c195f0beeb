using System.Net;
using System.Text;
using ResumableDownload.Protocol;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transport;

namespace ResumableDownload.Tests.Transport;

/// <summary>What a server says when it refuses is read as far as it comes, and waited for no longer than five seconds.</summary>
public sealed class RefusalBodyTests
{
    private const string Document = "<Error><Code>AccessDenied</Code></Error>";

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(End.Orderly, 0, "AccessDenied")]
    [InlineData(End.Broken, 0, "AccessDenied")]
    [InlineData(End.Never, 5, "AccessDenied")]
    internal async Task A_document_that_does_not_end_orderly_still_counts(End end, double seconds, string code)
    {
        using var answer = await _time.DriveAsync(AskAsync(new Body(Document, end, _time), CancellationToken.None));
        Assert.Equal((403, code, seconds), (answer.Facts.Status, answer.Facts.Error?.Code, _time.Elapsed.TotalSeconds));
        Assert.Equal(Document, Encoding.UTF8.GetString(answer.ErrorBody.Span));
    }

    [Fact]
    public async Task Whoever_cancels_meanwhile_leaves_no_connection_open()
    {
        var body = new Body(Document, End.Never, _time);
        using var cancel = new CancellationTokenSource();
        var asking = AskAsync(body, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.True(body.IsDisposed);
    }

    [Fact]
    public async Task The_body_of_a_file_is_not_touched()
    {
        using var answer = await AskAsync(new Body(Document, End.Orderly, _time), CancellationToken.None, HttpStatusCode.OK);
        Assert.True(answer.ErrorBody.IsEmpty);
        using var reader = new StreamReader(await answer.OpenBodyAsync(CancellationToken.None));
        Assert.Equal(Document, await reader.ReadToEndAsync());
    }

    private async Task<OriginAnswer> AskAsync(Body body, CancellationToken cancellationToken, HttpStatusCode status = HttpStatusCode.Forbidden)
    {
        using var client = new HttpClient(new One(body, status));
        return await new OriginClient(client, _time).SendAsync(new(new Uri("https://origin.test/f"), []), RangeRequest.Whole, static () => { }, cancellationToken, cancellationToken);
    }

    internal enum End
    {
        Orderly,
        Broken,
        Never,
    }

    private sealed class One(Stream body, HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StreamContent(body), RequestMessage = request });
    }

    private sealed class Body(string text, End end, FakeTimeProvider time) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public bool IsDisposed { get; private set; }

        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < text.Length || end == End.Orderly)
            {
                return Read(buffer.Span);
            }

            if (end == End.Broken)
            {
                throw new IOException("The connection was torn.");
            }

            using var wait = time.Wait(cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return 0;
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
