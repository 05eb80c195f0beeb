using System.Net;
using System.Net.Http.Headers;

namespace ResumableDownload.Tests.Facade;

/// <summary>A body that announces more than it brings: the connection breaks in the middle of it.</summary>
internal sealed class CutContent : HttpContent
{
    private const int MostAtOnce = 20_000;

    private readonly byte[] _bytes;
    private readonly int _cutAt;

    public CutContent(byte[] bytes, int cutAt)
    {
        (_bytes, _cutAt) = (bytes, cutAt);
        Headers.ContentLength = bytes.Length;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new CutStream(_bytes, _cutAt));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        throw new NotSupportedException("A download that buffers its answer would not be one.");

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }

    // Brings no more than this at once, as a network does.
    private sealed class CutStream(byte[] bytes, int cutAt) : MemoryStream(bytes, writable: false)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var left = Math.Min(MostAtOnce, cutAt - (int)Position);
            return left > 0 || cutAt == Length
                ? base.ReadAsync(buffer[..Math.Min(buffer.Length, left)], cancellationToken)
                : throw new IOException("The connection was reset.");
        }
    }
}
