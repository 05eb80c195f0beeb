using System.Net;
using System.Net.Http.Headers;

namespace ResumableDownload.Tests.Facade;

/// <summary>A body that announces more than it brings: the connection breaks in the middle of it.</summary>
internal sealed class CutContent : HttpContent
{
    private const int MostAtOnce = 200_000;

    private readonly byte[] _bytes;
    private readonly int _cutAt;
    private readonly Action<int> _reading;

    /// <param name="bytes">What is announced.</param>
    /// <param name="cutAt">How much of it comes.</param>
    /// <param name="reading">Called before each read with how much the one before brought.</param>
    public CutContent(byte[] bytes, int cutAt, Action<int> reading)
    {
        (_bytes, _cutAt, _reading) = (bytes, cutAt, reading);
        Headers.ContentLength = bytes.Length;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new CutStream(_bytes, _cutAt, _reading));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        throw new NotSupportedException("A download that buffers its answer would not be one.");

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }

    // Brings no more than this at once, as a network does.
    private sealed class CutStream(byte[] bytes, int cutAt, Action<int> reading) : MemoryStream(bytes, writable: false)
    {
        private long _before;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            reading((int)(Position - _before));
            _before = Position;
            var left = Math.Min(MostAtOnce, cutAt - (int)Position);
            return left > 0 || cutAt == Length
                ? base.ReadAsync(buffer[..Math.Min(buffer.Length, left)], cancellationToken)
                : throw new IOException("The connection was reset.");
        }
    }
}
