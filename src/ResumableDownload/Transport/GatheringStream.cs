using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using ResumableDownload.Planning;

namespace ResumableDownload.Transport;

/// <summary>A connection whose large reads end when a good piece has come, rather than with each packet: on a paced link most of a reader's time goes into waking up.</summary>
/// <remarks>
/// Only reads of bodies are large, and the handler asks for no more than what is left of a body, so its last bytes are not waited for.
/// Heads, the small reads of chunked bodies and those below TLS are left alone.
/// </remarks>
internal sealed class GatheringStream(Socket socket, TimeProvider time) : NetworkStream(socket, ownsSocket: true)
{
    private const int LargeRead = 64 << 10;

    private readonly LowWaterMark _mark = new(socket, time);
    private readonly GatheringMark _worth = new();
    private long _since = Stopwatch.GetTimestamp();
    private bool _isRaised;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        buffer.Length >= LargeRead || _isRaised ? GatherAsync(buffer, cancellationToken) : base.ReadAsync(buffer, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _mark.Dispose();
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> GatherAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var mark = buffer.Length >= LargeRead ? _worth.BytesOf(buffer.Length) : 1;
        _isRaised = mark > 1;
        _mark.Begin(mark);
        try
        {
            var count = await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            var now = Stopwatch.GetTimestamp();
            _worth.Note(count, Stopwatch.GetElapsedTime(_since, now));
            _since = now;
            return count;
        }
        finally
        {
            _mark.End();
        }
    }
}
