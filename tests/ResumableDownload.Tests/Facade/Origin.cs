using System.Net;
using RichardSzalay.MockHttp;

namespace ResumableDownload.Tests.Facade;

/// <summary>A scripted origin: answers in order, and notes what it was asked. Waits for nothing.</summary>
internal sealed class Origin : IDisposable
{
    public const string Address = "https://origin.example/files/file.bin";

    private readonly MockHttpMessageHandler _handler = new();
    private readonly Queue<HttpResponseMessage> _answers = new();
    private readonly HttpClient _client;
    private int _brought;

    public Origin()
    {
        _client = _handler.ToHttpClient();
        _handler.When("*").Respond(request =>
        {
            Requests.Add(new(request));
            return _answers.TryDequeue(out var answer) ? answer : throw new InvalidOperationException("The origin was asked more often than the test expects.");
        });
    }

    /// <summary>The file, in its first version.</summary>
    public static byte[] First { get; } = Make(1);

    /// <summary>The file of the same length, changed.</summary>
    public static byte[] Second { get; } = Make(2);

    /// <summary>Told before each read of a body how much was brought until then.</summary>
    public Action<int>? Reading { get; set; }

    public List<Asked> Requests { get; } = [];

    /// <summary>Answers with the whole, cut off somewhere.</summary>
    public Origin Whole(byte[] file, int cutAt, params string[] fields) => Add(HttpStatusCode.OK, new CutContent(file, cutAt, Count), fields);

    public Origin Whole(byte[] file, params string[] fields) => Whole(file, file.Length, fields);

    /// <summary>Answers with the rest, cut off somewhere.</summary>
    public Origin Part(byte[] file, int from, int cutAt, params string[] fields) =>
        Add(HttpStatusCode.PartialContent, new CutContent(file[from..], cutAt - from, Count), [$"Content-Range: bytes {from}-{file.Length - 1}/{file.Length}", .. fields]);

    public Origin Part(byte[] file, int from, params string[] fields) => Part(file, from, file.Length, fields);

    /// <summary>Answers with these bytes of something that is longer than any file.</summary>
    public Origin Slice(byte[] bytes, long from, string total, params string[] fields) =>
        Add(HttpStatusCode.PartialContent, new CutContent(bytes, bytes.Length, Count), [$"Content-Range: bytes {from}-{from + bytes.Length - 1}/{total}", .. fields]);

    public Origin Body(HttpStatusCode status, byte[] bytes, params string[] fields) => Add(status, new CutContent(bytes, bytes.Length, Count), fields);

    public Origin Status(HttpStatusCode status, params string[] fields) => Add(status, new ByteArrayContent([]), fields);

    public ResumableDownloader Downloader(Action<ResumableDownloadOptions>? configure = null)
    {
        var options = new ResumableDownloadOptions { RetryDelay = TimeSpan.Zero, MaxRetryDelay = TimeSpan.Zero, FinalCheck = FinalCheck.Never };
        configure?.Invoke(options);
        return new(_client, options);
    }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    private void Count(int brought)
    {
        _brought += brought;
        Reading?.Invoke(_brought);
    }

    private Origin Add(HttpStatusCode status, HttpContent body, string[] fields)
    {
        var answer = new HttpResponseMessage(status) { Content = body };
        foreach (var field in fields.Select(static field => field.Split(": ", 2)))
        {
            var isOfBody = field[0].StartsWith("Content-", StringComparison.Ordinal) || field[0] == "Last-Modified";
            var headers = isOfBody ? (System.Net.Http.Headers.HttpHeaders)body.Headers : answer.Headers;
            Assert.True(headers.TryAddWithoutValidation(field[0], field[1]));
        }

        _answers.Enqueue(answer);
        return this;
    }

    private static byte[] Make(int seed)
    {
        var bytes = new byte[1_000_000];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}

/// <summary>One request as it went out.</summary>
internal sealed class Asked(HttpRequestMessage request)
{
    private static readonly string[] Conditions = ["If-Range", "If-Match", "If-Unmodified-Since", "If-None-Match", "If-Modified-Since"];

    private readonly Dictionary<string, string> _fields = request.Headers.NonValidated.ToDictionary(static field => field.Key, static field => field.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    public string? this[string field] => _fields.GetValueOrDefault(field);

    /// <summary>The range and the conditions, in short.</summary>
    public string Told => string.Join("; ", new[] { "Range" }.Concat(Conditions).Where(_fields.ContainsKey).Select(name => $"{name}: {_fields[name]}").DefaultIfEmpty("plain"));

    public string Method { get; } = request.Method.Method;

    public Uri? Address { get; } = request.RequestUri;
}
