using System.Globalization;

namespace ResumableDownload.IntegrationTests;

/// <summary>Tencent COS: conditions as OSS has them, the same CRC-64 under another name, and times of a signature as "start;end".</summary>
internal sealed class CosStore : TokenStore
{
    protected override string SignatureName => "q-signature";

    protected override string TagOf(byte[] bytes) => $"\"{Convert.ToHexStringLower(StoredObject.Md5Of(bytes))}\"";

    protected override IEnumerable<KeyValuePair<string, string>> Parameters(DateTimeOffset now, TimeSpan validFor)
    {
        var times = string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeSeconds()};{(now + validFor).ToUnixTimeSeconds()}");
        return
        [
            new("q-sign-algorithm", "sha1"),
            new("q-ak", "AKIDSTANDIN"),
            new("q-sign-time", times),
            new("q-key-time", times),
            new("q-header-list", "host"),
            new("q-url-param-list", ""),
        ];
    }

    protected override DateTimeOffset EndOf(StoreRequest request) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(request.Parameter("q-sign-time")!.Split(';')[1], CultureInfo.InvariantCulture));

    protected override Answer Expired(DateTimeOffset end, DateTimeOffset now) =>
        Error(403, "AccessDenied", "Request has expired", ("ServerTime", $"{now:s}Z"), ("RequestId", "NWQ1ZjY4MTBfMjZiMjU4NjRfOWI1N180NDBiYTY="));

    protected override StoreRange RangeOf(StoreRequest request, StoredObject item) => StoreRange.Standard(request.Range, item.Length);

    protected override Answer Prove(Answer answer, StoredObject item) => answer
        .With("x-cos-hash-crc64ecma", item.Crc64.ToString(CultureInfo.InvariantCulture));

    protected override Answer Stamp(Answer answer) => answer.With("Server", "tencent-cos").With("x-cos-request-id", "NWQ1ZjY4MTBfMjZiMjU4NjRfOWI1N180NDBiYTY=");
}
