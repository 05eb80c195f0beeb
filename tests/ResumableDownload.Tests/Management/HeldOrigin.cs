using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>A server of many files whose bodies go no further than the test lets them.</summary>
internal sealed class HeldOrigin : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, HeldFile> _files = new();
    private readonly ConcurrentQueue<(string Host, string Path, string? Range)> _requests = new();

    public (string Host, string Path, string? Range)[] Requests => [.. _requests];

    /// <summary>How requests fail; answered when there is none.</summary>
    public Func<Exception?> Fault { get; set; } = static () => null;

    /// <summary>A file of its own content; its body stops at a place until it is let go.</summary>
    public HeldFile Put(string path, int length = 200_000, int? heldAt = null) =>
        _files[path] = new(ResourceVersion.Random(length, path.Length + path[0], "\"1\"").Content, heldAt);

    public static Uri Of(string path, string host = "one.test") => new($"https://{host}/{path}?OSSAccessKeyId=id&Expires=4000000000&Signature=secret");

    /// <summary>Ends when a body has come to the place where it is held.</summary>
    public Task Stopped(string path) => _files[path].Stopped.WaitAsync(TimeSpan.FromSeconds(20));

    public HttpClient Client() => new(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
        var path = request.RequestUri!.AbsolutePath.TrimStart('/');
        var range = request.Headers.Range?.Ranges.First();
        _requests.Enqueue((request.RequestUri.Authority, path, request.Headers.Range?.ToString()));
        if (Fault() is { } fault)
        {
            throw fault;
        }

        if (!_files.TryGetValue(path, out var file))
        {
            return new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request };
        }

        var start = (int)(range?.From ?? 0);
        var end = (int)((range?.To ?? (file.Content.Length - 1)) + 1);
        var answer = new HttpResponseMessage(range is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent)
        {
            RequestMessage = request,
            Content = new StreamContent(new HeldBody(file, start, end)),
        };
        answer.Headers.ETag = new EntityTagHeaderValue("\"1\"");
        answer.Content.Headers.ContentLength = end - start;
        if (range is not null)
        {
            answer.Content.Headers.ContentRange = new ContentRangeHeaderValue(start, end - 1, file.Content.Length);
        }

        return answer;
    }
}

/// <summary>A file, and how far its bodies may go.</summary>
internal sealed class HeldFile(byte[] content, int? heldAt)
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public byte[] Content => content;

    public int? HeldAt { get; private set; } = heldAt;

    /// <summary>Bodies that begin later are not held.</summary>
    public void LetNextGo() => HeldAt = null;

    public Task Released => _released.Task;

    public Task Stopped => _stopped.Task;

    public void NoteStopped() => _stopped.TrySetResult();

    public void Release() => _released.TrySetResult();
}

/// <summary>A body that stops where it is held.</summary>
internal sealed class HeldBody(HeldFile file, int start, int end) : Stream
{
    private readonly int _from = start;
    private readonly int? _heldAt = file.HeldAt;
    private int _position = start;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var until = _heldAt is { } held && !file.Released.IsCompleted ? Math.Min(end, Math.Max(held, _from)) : end;
        if (_position >= until && until < end)
        {
            file.NoteStopped();
            await file.Released.WaitAsync(cancellationToken);
            until = end;
        }

        var count = Math.Min(buffer.Length, until - _position);
        file.Content.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
