using System.Collections.Concurrent;
using System.Net;

namespace ResumableDownload.Tests.TestKit;

/// <summary>A server whose misbehaviour is written down before the test starts: one conduct for each request, and honest answers after the last.</summary>
internal sealed class ScriptedHandler(FakeTimeProvider time, ResourceVersion version) : HttpMessageHandler
{
    /// <summary>A client that asks more often than this asks for ever.</summary>
    private const int MostRequests = 1000;

    private readonly ConcurrentQueue<Conduct> _script = new();
    private readonly ConcurrentQueue<SentRequest> _requests = new();

    /// <summary>What it serves now.</summary>
    public ResourceVersion Version { get; set; } = version;

    /// <summary>How it treats requests for which nothing is written down.</summary>
    public Conduct Otherwise { get; set; } = new();

    /// <summary>Decides how it treats each of them, instead.</summary>
    public Func<SentRequest, Conduct>? Chooses { get; set; }

    /// <summary>Called with the number of each request, from 1, before it is answered.</summary>
    public Action<int>? OnRequest { get; set; }

    public SentRequest[] Requests => [.. _requests];

    /// <summary>The body bytes it has sent in all.</summary>
    public long Sent => _requests.Sum(static request => request.BodySent);

    public ScriptedHandler Then(params Conduct[] conducts)
    {
        foreach (var conduct in conducts)
        {
            _script.Enqueue(conduct);
        }

        return this;
    }

    public ScriptedHandler Then(int times, Conduct conduct) => Then([.. Enumerable.Repeat(conduct, times)]);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var sent = new SentRequest(request, time.Elapsed);
        _requests.Enqueue(sent);
        OnRequest?.Invoke(_requests.Count);
        if (_requests.Count > MostRequests)
        {
            throw new InvalidOperationException("The client asks for ever.");
        }

        try
        {
            return await AnswerAsync(request, sent, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            sent.IsOver = true;
            throw;
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, SentRequest sent, CancellationToken cancellationToken)
    {
        var conduct = _script.TryDequeue(out var scripted) ? scripted : Chooses?.Invoke(sent) ?? Otherwise;
        if (conduct.NeverAnswers)
        {
            using var wait = time.Wait(cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }

        await time.PassAsync(conduct.AnswersAfter, cancellationToken).ConfigureAwait(false);
        return conduct.Fails is { } fault ? throw fault : Answer(request, sent, conduct);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, SentRequest sent, Conduct conduct)
    {
        var version = conduct.Serves ?? Version;
        var (status, start, end) = Judge(sent, version, conduct);
        sent.Status = status;
        sent.BodyStart = start;
        var hasBody = status is 200 or 206;
        var response = new HttpResponseMessage((HttpStatusCode)(hasBody ? conduct.SaysStatus ?? status : status)) { RequestMessage = request };
        response.Content = hasBody
            ? ContentOf(BodyOf(version, start, end, conduct), conduct, sent)
            : new ByteArrayContent(status == 304 ? [] : System.Text.Encoding.UTF8.GetBytes(conduct.Document));
        sent.IsOver = !hasBody;
        request.RequestUri = conduct.WentTo ?? request.RequestUri;
        Describe(response, version, conduct);
        if ((conduct.SaysRange ?? RangeOf(status, start, end, version)) is { Length: > 0 } range)
        {
            response.Content.Headers.TryAddWithoutValidation("Content-Range", range);
        }

        if (!conduct.HidesLength && !conduct.IsChunked)
        {
            response.Content.Headers.ContentLength = conduct.Announces ?? (status is 200 or 206 ? end - start : response.Content.Headers.ContentLength);
        }

        return response;
    }

    private HttpContent ContentOf(ReadOnlyMemory<byte> body, Conduct conduct, SentRequest sent) =>
        conduct.FailsToOpen is { } fault ? new UnopenableContent(fault)
        : conduct.IsBuffered ? new ByteArrayContent(body[..(int)Math.Min(body.Length, conduct.BodyLimit)].ToArray())
        : new StreamContent(new ScriptedBody(body, conduct, time, sent));

    private static ReadOnlyMemory<byte> BodyOf(ResourceVersion version, long start, long end, Conduct conduct) => conduct.Excess == 0
        ? version.Content.AsMemory((int)start, (int)(end - start))
        : (byte[])[.. version.Content.AsSpan((int)start, (int)(end - start)), .. new byte[conduct.Excess]];

    private static string? RangeOf(int status, long start, long end, ResourceVersion version) => status switch
    {
        206 => $"bytes {start}-{end - 1}/{version.Content.Length}",
        416 => $"bytes */{version.Content.Length}",
        _ => null,
    };

    private void Describe(HttpResponseMessage response, ResourceVersion version, Conduct conduct)
    {
        response.Headers.TryAddWithoutValidation("Date", conduct.Date ?? time.GetUtcNow().ToString("r", System.Globalization.CultureInfo.InvariantCulture));
        response.Headers.TransferEncodingChunked = conduct.IsChunked ? true : null;
        response.Content.Headers.TryAddWithoutValidation("Content-Type", conduct.ContentType);
        if (!conduct.HidesTag && version.EntityTag is { } tag)
        {
            response.Headers.TryAddWithoutValidation("ETag", tag);
        }

        if (!conduct.HidesDate && version.LastModified is { } modified)
        {
            response.Content.Headers.TryAddWithoutValidation("Last-Modified", modified);
        }

        foreach (var (name, value) in conduct.Headers)
        {
            _ = response.Headers.TryAddWithoutValidation(name, value) || response.Content.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static (int Status, long Start, long End) Judge(SentRequest sent, ResourceVersion version, Conduct conduct)
    {
        var total = version.Content.Length;
        if (conduct.Status is { } refusal)
        {
            return (refusal, 0, 0);
        }

        if (!conduct.IgnoresConditions && Differs(sent["If-Match"], version) | Differs(sent["If-Unmodified-Since"], version))
        {
            return (412, 0, 0);
        }

        if (!conduct.IgnoresConditions && IsOurs(sent["If-None-Match"] ?? sent["If-Modified-Since"], version))
        {
            return (304, 0, 0);
        }

        if (sent.Range is not { } range || conduct.IgnoresRange || (!conduct.IgnoresConditions && Differs(sent["If-Range"], version)))
        {
            return (200, 0, total);
        }

        var edges = range["bytes=".Length..].Split('-');
        var start = long.Parse(edges[0], System.Globalization.CultureInfo.InvariantCulture);
        var end = edges[1].Length == 0 ? total : long.Parse(edges[1], System.Globalization.CultureInfo.InvariantCulture) + 1;
        return start >= total ? (416, 0, 0) : Part(Math.Clamp(start + conduct.Shifts, 0, total - 1), Math.Min(end, total) - conduct.Shortens);
    }

    private static (int Status, long Start, long End) Part(long start, long end) => (206, start, Math.Max(start + 1, end));

    private static bool IsOurs(string? condition, ResourceVersion version) =>
        condition is not null && (condition == version.EntityTag || condition == version.LastModified);

    private static bool Differs(string? condition, ResourceVersion version) =>
        condition is not null && condition != version.EntityTag && condition != version.LastModified;

    private sealed class UnopenableContent(Exception fault) : HttpContent
    {
        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromException<Stream>(fault);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
