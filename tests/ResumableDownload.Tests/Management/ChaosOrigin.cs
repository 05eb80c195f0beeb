using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;

namespace ResumableDownload.Tests.Management;

/// <summary>A server of small files that is honest about their versions, and unreliable in everything else until it is calmed.</summary>
internal sealed class ChaosOrigin(int seed) : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<string, int> _versions = new();
    private readonly Dictionary<(string Host, string Path), int> _inFlight = [];
    private TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isCalm;

    /// <summary>How many requests are under way, from their sending until their body is disposed.</summary>
    public int InFlight => Locked(() => _inFlight.Values.Sum());

    /// <summary>The most downloads that had requests under way at the same time.</summary>
    public int Most { get; private set; }

    /// <summary>The most of one host.</summary>
    public int MostOfHost { get; private set; }

    /// <summary>How many requests there were.</summary>
    public int Requests { get; private set; }

    /// <summary>How many of them went on from what was kept.</summary>
    public int Resumed { get; private set; }

    // Of those that are cut in the middle only the longer ones are worth going on with (64 KiB).
    public static byte[] ContentOf(string path, int version)
    {
        var random = new Random(path.Sum(static letter => letter * 31) + (version * 7919));
        var content = new byte[random.Next(1, 240_000)];
        random.NextBytes(content);
        return content;
    }

    /// <summary>The version that a file is, if it is one.</summary>
    public bool IsAny(string path, byte[] content) => Enumerable.Range(0, VersionOf(path) + 1).Any(version => content.AsSpan().SequenceEqual(ContentOf(path, version)));

    public bool IsNewest(string path, byte[] content) => content.AsSpan().SequenceEqual(ContentOf(path, VersionOf(path)));

    public void Change(string path) => _versions.AddOrUpdate(path, 1, static (_, version) => version + 1);

    /// <summary>Lets all go on that wait.</summary>
    public void Release() => Locked(() => Interlocked.Exchange(ref _release, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult());

    /// <summary>From now on it answers well, and counts anew.</summary>
    public void Calm()
    {
        _isCalm = true;
        Release();
        Locked(() => Most = MostOfHost = 0);
    }

    /// <summary>Lets the downloads get on: until somebody asks for something, but not for long, as nobody may.</summary>
    public Task GetsOnAsync() => Task.WhenAny(Locked(() => _asked.Task), Task.Delay(TimeSpan.FromMilliseconds(3)));

    public void End((string Host, string Path) file) => Locked(() => _inFlight[file]--);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var file = (request.RequestUri!.Authority, request.RequestUri.AbsolutePath.TrimStart('/'));
        var luck = Locked(() => Begin(file));
        try
        {
            await Task.Yield();
            if (luck < 8)
            {
                await WaitAsync(cancellationToken);
            }

            cancellationToken.ThrowIfCancellationRequested();
            return luck switch
            {
                >= 8 and < 14 => throw new HttpRequestException(HttpRequestError.ConnectionError, "The connection broke."),
                >= 14 and < 20 => Refusal(request, file),
                _ => Answer(request, file, isCut: luck < 40, waits: luck is >= 30 and < 55),
            };
        }
        catch
        {
            End(file);
            throw;
        }
    }

    /// <summary>Waits until the test lets it go on.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _isCalm ? Task.CompletedTask : Locked(() => _release.Task).WaitAsync(cancellationToken);

    private int Begin((string Host, string Path) file)
    {
        Requests++;
        Interlocked.Exchange(ref _asked, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        _inFlight[file] = _inFlight.GetValueOrDefault(file) + 1;
        Most = Math.Max(Most, _inFlight.Count(static pair => pair.Value > 0));
        MostOfHost = Math.Max(MostOfHost, _inFlight.Count(pair => pair.Value > 0 && pair.Key.Host == file.Host));
        return _isCalm ? 100 : _random.Next(100);
    }

    private HttpResponseMessage Refusal(HttpRequestMessage request, (string Host, string Path) file) =>
        new(HttpStatusCode.ServiceUnavailable) { RequestMessage = request, Content = new StreamContent(new ChaosBody(this, file, [], false, false)) };

    private HttpResponseMessage Answer(HttpRequestMessage request, (string Host, string Path) file, bool isCut, bool waits)
    {
        var version = VersionOf(file.Path);
        var (content, tag) = (ContentOf(file.Path, version), new EntityTagHeaderValue($"\"{version}\""));
        if (request.Headers.IfMatch.Count > 0 && !request.Headers.IfMatch.Contains(tag))
        {
            return new(HttpStatusCode.PreconditionFailed) { RequestMessage = request, Content = new StreamContent(new ChaosBody(this, file, [], false, false)) };
        }

        var range = request.Headers.IfRange is { } condition && !tag.Equals(condition.EntityTag) ? null : request.Headers.Range?.Ranges.First();
        var start = (int)(range?.From ?? 0);
        Locked(() => Resumed += range is null ? 0 : 1);
        var isBeyond = start >= content.Length;
        var end = isBeyond ? start : (int)Math.Min(content.Length, (range?.To ?? content.Length) + 1);
        var answer = new HttpResponseMessage(isBeyond ? HttpStatusCode.RequestedRangeNotSatisfiable : range is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent)
        {
            RequestMessage = request,
            Content = new StreamContent(new ChaosBody(this, file, isBeyond ? [] : content[start..(range is null ? content.Length : end)], isCut, waits)),
        };
        answer.Headers.ETag = tag;
        answer.Content.Headers.ContentLength = isBeyond ? 0 : (range is null ? content.Length : end) - start;
        answer.Content.Headers.ContentRange = range is null ? null : isBeyond ? new(content.Length) : new(start, end - 1, content.Length);
        return answer;
    }

    private int VersionOf(string path) => _versions.GetValueOrDefault(path);

    private T Locked<T>(Func<T> act)
    {
        lock (_gate)
        {
            return act();
        }
    }
}
