using System.Globalization;

namespace ResumableDownload.IntegrationTests;

/// <summary>Azure Blob: If-Range is not among its conditional fields, suffix ranges are not known, and the MD5 of the whole comes under a name of its own.</summary>
internal sealed class AzureStore : TokenStore
{
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private int _versions;

    protected override string SignatureName => "sig";

    protected override string FailedCondition => "ConditionNotMet";

    protected override string NotFound => "BlobNotFound";

    protected override string TagOf(byte[] bytes) => $"\"0x8D4BCC2E4835CD{Interlocked.Increment(ref _versions):X}\"";

    protected override IEnumerable<KeyValuePair<string, string>> Parameters(DateTimeOffset now, TimeSpan validFor) =>
    [
        new("sv", "2024-11-04"),
        new("se", (now + validFor).ToString(Time, CultureInfo.InvariantCulture)),
        new("sr", "b"),
        new("sp", "r"),
    ];

    protected override DateTimeOffset EndOf(StoreRequest request) =>
        DateTimeOffset.ParseExact(request.Parameter("se")!, Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    protected override Answer Expired(DateTimeOffset end, DateTimeOffset now) =>
        Error(403, "AuthenticationFailed", "Server failed to authenticate the request.", ("AuthenticationErrorDetail", $"Signature not valid in the specified time frame: Expiry [{end:R}] - Current [{now:R}]"));

    protected override Answer Mismatch() => Error(403, "AuthenticationFailed", "Server failed to authenticate the request.", ("AuthenticationErrorDetail", "Signature did not match."));

    protected override StoreRange RangeOf(StoreRequest request, StoredObject item) => StoreRange.Standard(request.Range, item.Length, takesSuffix: false);

    // Content-MD5 would be the part's on a 206, and is there only when x-ms-range-get-content-md5 asks for it.
    protected override Answer Prove(Answer answer, StoredObject item) => answer
        .With("Content-MD5", answer.Status == 200 ? Convert.ToBase64String(item.Md5) : null)
        .With("x-ms-blob-content-md5", Convert.ToBase64String(item.Md5));

    protected override Answer Stamp(Answer answer) => answer
        .With("Server", "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0")
        .With("x-ms-request-id", "1a7f0b54-301e-0037-1d1a-5c0d1a000000")
        .With("x-ms-version", "2024-11-04");
}
