namespace ResumableDownload.Transport;

/// <summary>Reads the beginning of what a server says when it refuses. It never fails a download: the status alone decides.</summary>
internal static class RefusalBody
{
    private const int Most = 64 * 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public static async ValueTask<byte[]> ReadAsync(HttpContent content, TimeProvider time, CancellationToken cancellationToken)
    {
        var buffer = new byte[content.Headers.ContentLength is { } length ? Math.Min(length, Most) : Most];
        var filled = 0;
        using var guard = new CancellationTokenSource(LongestWait, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, guard.Token);
        try
        {
            var body = await content.ReadAsStreamAsync(both.Token).ConfigureAwait(false);
            while (filled < buffer.Length && await body.ReadAsync(buffer.AsMemory(filled), both.Token).ConfigureAwait(false) is var count and > 0)
            {
                filled += count;
            }
        }
        catch (Exception exception) when (ConnectionFault.Is(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return buffer[..filled];
    }
}
