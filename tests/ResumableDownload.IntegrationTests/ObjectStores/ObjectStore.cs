using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ResumableDownload.IntegrationTests;

/// <summary>An object store in this process: objects by /bucket/key, a clock of its own, faults by script. What is peculiar to a vendor is in its own class.</summary>
internal abstract class ObjectStore : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, StoredObject> _objects = new();
    private readonly ConcurrentQueue<StoreFault> _faults = new();
    private readonly ConcurrentQueue<StoreRequest> _requests = new();
    private readonly WebApplication _server;

    protected ObjectStore()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        });
        _server = builder.Build();
        _server.Run(ServeAsync);
    }

    public const string Bucket = "bucket";

    public StoreClock Clock { get; } = new();

    /// <summary>Whether an answer tells a digest of the object at all.</summary>
    public bool TellsDigests { get; set; } = true;

    public IReadOnlyList<StoreRequest> Requests => [.. _requests];

    public long BytesSent => _requests.Sum(static request => request.BytesSent);

    public Uri Endpoint => new(_server.Urls.Single());

    /// <summary>The address of an object without a signature.</summary>
    public Uri UrlOf(string key) => new(Endpoint, $"/{Bucket}/{key}");

    /// <summary>Signs an address for reading an object, for an hour or so long.</summary>
    public abstract Uri Sign(string key, TimeSpan? validFor = null);

    public static async Task<T> StartAsync<T>()
        where T : ObjectStore, new()
    {
        var store = new T();
        await store._server.StartAsync();
        return store;
    }

    /// <summary>Puts an object in its place, as a simple upload does. It is a new version even if it holds the same bytes.</summary>
    public StoredObject Put(string key, byte[] bytes, Func<StoredObject, StoredObject>? change = null)
    {
        // Two uploads in one second of the store's clock would share a Last-Modified.
        Clock.Advance(TimeSpan.FromMinutes(5));
        var item = new StoredObject(bytes, TagOf(bytes), Clock.GetUtcNow());
        return _objects[$"/{Bucket}/{key}"] = change?.Invoke(item) ?? item;
    }

    public void Delete(string key) => _objects.TryRemove($"/{Bucket}/{key}", out _);

    /// <summary>Goes on with the script: one fault for each request to come.</summary>
    public void Then(params IEnumerable<StoreFault> faults)
    {
        foreach (var fault in faults)
        {
            _faults.Enqueue(fault);
        }
    }

    public void Forget() => _requests.Clear();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>The ETag of an object that was uploaded in one piece.</summary>
    protected abstract string TagOf(byte[] bytes);

    /// <summary>The refusal of a request that is not allowed, or not any more.</summary>
    protected abstract Answer? Refuse(StoreRequest request);

    protected abstract StoreRange RangeOf(StoreRequest request, StoredObject item);

    /// <summary>Adds the fields by which a store tells of an object.</summary>
    protected virtual Answer Describe(Answer answer, StoredObject item) => answer;

    /// <summary>Adds the digests that a store offers.</summary>
    protected abstract Answer Prove(Answer answer, StoredObject item);

    /// <summary>Adds the fields that every answer bears, errors too.</summary>
    protected abstract Answer Stamp(Answer answer);

    /// <summary>An error in the vendor's form.</summary>
    protected virtual Answer Error(int status, string code, string message, params (string Name, string Value)[] more) => ErrorDocument.Of(status, code, message, more);

    protected virtual Answer Unsatisfiable(StoredObject item) =>
        Error(416, "InvalidRange", "The range cannot be satisfied.").With("Content-Range", $"bytes */{item.Length}");

    /// <summary>The code of a condition that did not hold.</summary>
    protected virtual string FailedCondition => "PreconditionFailed";

    protected virtual string NotFound => "NoSuchKey";

    private async Task ServeAsync(HttpContext context)
    {
        var request = new StoreRequest(context);
        _requests.Enqueue(request);
        var fault = _faults.TryDequeue(out var next) ? next : StoreFault.None;
        fault.First?.Invoke();
        var answer = fault.Refusal is var (status, code, message) ? Error(status, code, message) : AnswerTo(request);
        await StoreReply.SendAsync(context, request, Stamp(answer).With("Date", Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture)), fault);
    }

    // An address that is not allowed learns nothing of the object; conditions come before ranges (RFC 9110, section 13.2.2).
    private Answer AnswerTo(StoreRequest request) => (Refuse(request), _objects.GetValueOrDefault(request.Path)) switch
    {
        ({ } refusal, _) => refusal,
        (_, null) => Error(404, NotFound, "There is no such object.", ("Key", request.Signed.Key)),
        // Permanent, as far as a download goes: somebody must restore the object first.
        (_, { IsArchived: true }) => Error(403, "InvalidObjectState", "The object is archived."),
        (_, { } item) => Give(request, item),
    };

    private Answer Give(StoreRequest request, StoredObject item) => StoreConditions.Failed(request, item) switch
    {
        (412, var field) => Error(412, FailedCondition, "A condition does not hold.", ("Condition", field)),
        (304, _) => new Answer(304, default).With("ETag", item.EntityTag).With("Last-Modified", item.LastModified),
        _ => RangeOf(request, item) switch
        {
            { Status: 416 } => Unsatisfiable(item),
            { Status: 206, First: var first, Last: var last } => Whole(new Answer(206, item.Bytes.AsMemory((int)first..(int)(last + 1))), item)
                .With("Content-Range", $"bytes {first}-{last}/{item.Length}"),
            _ => Whole(new Answer(200, item.Bytes), item),
        },
    };

    private Answer Whole(Answer answer, StoredObject item) => Describe(TellsDigests ? Prove(answer, item) : answer, item)
        .With("ETag", item.EntityTag)
        .With("Last-Modified", item.LastModified)
        .With("Content-Type", item.ContentType)
        .With("Accept-Ranges", "bytes");
}
