using System.Collections.Concurrent;
using System.Net;

namespace ResumableDownload.IntegrationTests;

/// <summary>The way to a real server on which each connection is slow, so that several are worth it. Something can happen when so many bytes have passed on all.</summary>
internal sealed class PacedWire(Door door, RealServer server) : DelegatingHandler(Wire.HandlerFor(server))
{
    private static readonly string[] Conditions = ["If-Range", "If-Match", "If-Unmodified-Since", "If-None-Match", "If-Modified-Since"];

    private readonly ConcurrentQueue<string> _exchanges = [];
    private (long At, Action Happens)? _event;
    private long _passed;
    private int _ranges;

    /// <summary>A line for each request that was answered.</summary>
    public IReadOnlyCollection<string> Exchanges => _exchanges;

    /// <summary>How many answers were parts.</summary>
    public int Parts => Volatile.Read(ref _ranges);

    public void Then(long at, Action happens)
    {
        Interlocked.Exchange(ref _passed, 0);
        _event = (at, happens);
    }

    public HttpClient NewClient() => new(this, disposeHandler: false)
    {
        DefaultRequestVersion = door.Http,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Range is not null && !Array.Exists(Conditions, request.Headers.Contains))
        {
            throw new InvalidOperationException("A range without a condition: the answer could be of any version.");
        }

        var response = await base.SendAsync(request, cancellationToken);
        _exchanges.Enqueue($"HTTP/{request.Version} {request.Headers.Range} -> HTTP/{response.Version} {(int)response.StatusCode} {response.Content.Headers.ContentRange} {response.Headers.ETag}");
        Interlocked.Add(ref _ranges, response.StatusCode == HttpStatusCode.PartialContent ? 1 : 0);
        var paced = new StreamContent(new PacedStream(await response.Content.ReadAsStreamAsync(cancellationToken), Pass));
        foreach (var (name, values) in response.Content.Headers.NonValidated)
        {
            paced.Headers.TryAddWithoutValidation(name, values);
        }

        response.Content = paced;
        return response;
    }

    private void Pass(int count)
    {
        if (Interlocked.Add(ref _passed, count) >= _event?.At)
        {
            var happens = _event?.Happens;
            _event = null;
            happens?.Invoke();
        }
    }

    /// <summary>Two MB/s at most.</summary>
    private sealed class PacedStream(Stream inner, Action<int> passed) : Stream
    {
        private const int Most = 32 * 1024;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(15, cancellationToken);
            var count = await inner.ReadAsync(buffer[..Math.Min(Most, buffer.Length)], cancellationToken);
            passed(count);
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
