namespace ResumableDownload.Transport;

/// <summary>A connection that fails, rather than ends, when it is closed before it ever brought a byte.</summary>
/// <remarks>
/// The handler takes such an end for a connection that had grown old, and silently sends the request up to three times more. On a fresh connection
/// that multiplies our own attempts, uncounted. A connection that has answered before may well have grown old, and is left to the handler.
/// </remarks>
internal sealed class FirstAnswerStream(Stream inner) : ForwardingStream(inner)
{
    private bool _hasAnswered;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _hasAnswered || buffer.IsEmpty ? Inner.ReadAsync(buffer, cancellationToken) : ReadFirstAsync(buffer, cancellationToken);

    public override int Read(Span<byte> buffer) => _hasAnswered || buffer.IsEmpty ? Inner.Read(buffer) : First(Inner.Read(buffer));

    private async ValueTask<int> ReadFirstAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        First(await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    private int First(int count)
    {
        _hasAnswered = count > 0;
        return count > 0 ? count : throw new IOException("The connection was closed without an answer.");
    }
}
