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

        var conduct = _script.TryDequeue(out var scripted) ? scripted : Otherwise;
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
        var response = new HttpResponseMessage((HttpStatusCode)status) { RequestMessage = request };
        response.Content = status is 200 or 206
            ? new StreamContent(new ScriptedBody((byte[])[.. version.Content.AsSpan((int)start, (int)(end - start)), .. new byte[conduct.Excess]], conduct, time, sent.CountSent))
            : new ByteArrayContent(status == 304 ? [] : System.Text.Encoding.UTF8.GetBytes(conduct.Document));
        request.RequestUri = conduct.WentTo ?? request.RequestUri;
        Describe(response, version, conduct);
        if (status is 206 or 416)
        {
            var range = status == 206 ? $"{start}-{end - 1}" : "*";
            response.Content.Headers.TryAddWithoutValidation("Content-Range", $"bytes {range}/{version.Content.Length}");
        }

        if (!conduct.HidesLength && !conduct.IsChunked)
        {
            response.Content.Headers.ContentLength = conduct.Announces ?? (status is 200 or 206 ? end - start : response.Content.Headers.ContentLength);
        }

        return response;
    }

    private void Describe(HttpResponseMessage response, ResourceVersion version, Conduct conduct)
    {
        response.Headers.TryAddWithoutValidation("Date", conduct.Date ?? time.GetUtcNow().ToString("r", System.Globalization.CultureInfo.InvariantCulture));
        response.Headers.TransferEncodingChunked = conduct.IsChunked ? true : null;
        response.Content.Headers.TryAddWithoutValidation("Content-Type", conduct.ContentType);
        if (version.EntityTag is { } tag)
        {
            response.Headers.TryAddWithoutValidation("ETag", tag);
        }

        if (version.LastModified is { } modified)
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
        return start >= total ? (416, 0, 0) : (206, start, Math.Min(end, total));
    }

    private static bool IsOurs(string? condition, ResourceVersion version) =>
        condition is not null && (condition == version.EntityTag || condition == version.LastModified);

    private static bool Differs(string? condition, ResourceVersion version) =>
        condition is not null && condition != version.EntityTag && condition != version.LastModified;
}
