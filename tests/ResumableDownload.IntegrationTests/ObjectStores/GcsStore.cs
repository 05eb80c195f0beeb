using System.Buffers.Binary;
using System.Globalization;

namespace ResumableDownload.IntegrationTests;

/// <summary>Google Cloud Storage by its XML API: If-Range is not in its list of fields, and objects stored compressed are decompressed on the way, whole.</summary>
internal sealed class GcsStore : TokenStore
{
    private const string Time = "yyyyMMdd'T'HHmmss'Z'";

    protected override string SignatureName => "X-Goog-Signature";

    protected override string TagOf(byte[] bytes) => $"\"{Convert.ToHexStringLower(StoredObject.Md5Of(bytes))}\"";

    protected override IEnumerable<KeyValuePair<string, string>> Parameters(DateTimeOffset now, TimeSpan validFor) =>
    [
        new("X-Goog-Algorithm", "GOOG4-RSA-SHA256"),
        new("X-Goog-Credential", string.Create(CultureInfo.InvariantCulture, $"reader@stand-in/{now:yyyyMMdd}/auto/storage/goog4_request")),
        new("X-Goog-Date", now.ToString(Time, CultureInfo.InvariantCulture)),
        new("X-Goog-Expires", validFor.TotalSeconds.ToString(CultureInfo.InvariantCulture)),
        new("X-Goog-SignedHeaders", "host"),
    ];

    protected override DateTimeOffset EndOf(StoreRequest request) =>
        DateTimeOffset.ParseExact(request.Parameter("X-Goog-Date")!, Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            .AddSeconds(int.Parse(request.Parameter("X-Goog-Expires")!, CultureInfo.InvariantCulture));

    /// <summary>A 400, unlike the others'.</summary>
    protected override Answer Expired(DateTimeOffset end, DateTimeOffset now) =>
        Error(400, "ExpiredToken", "The provided token has expired.", ("Details", $"Request signature expired at: {end:s}+00:00"));

    protected override StoreRange RangeOf(StoreRequest request, StoredObject item) =>
        item.StoredCoding is null ? StoreRange.Standard(request.Range, item.Length) : StoreRange.Whole;

    // The hashes are those of the stored bytes: of an object that is decompressed on the way they are not the answer's.
    protected override Answer Prove(Answer answer, StoredObject item)
    {
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, BitwiseCrc.Crc32C(StoredBytes(item)));
        return answer
            .With("x-goog-hash", $"crc32c={Convert.ToBase64String(crc)}")
            .And("x-goog-hash", $"md5={Convert.ToBase64String(StoredObject.Md5Of(StoredBytes(item)))}");
    }

    protected override Answer Describe(Answer answer, StoredObject item) => (answer with { Framing = item.StoredCoding is null ? Framing.Length : Framing.Chunked })
        .With("x-goog-generation", item.Modified.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))
        .With("x-goog-stored-content-encoding", item.StoredCoding ?? "identity")
        .With("x-goog-stored-content-length", StoredBytes(item).Length.ToString(CultureInfo.InvariantCulture));

    protected override Answer Stamp(Answer answer) => answer.With("Server", "UploadServer").With("X-GUploader-UploadID", "AJRbA5V-stand-in");

    // Any other bytes will do for the compressed form: nobody gets to see them.
    private static byte[] StoredBytes(StoredObject item) => item.StoredCoding is null ? item.Bytes : [31, 139, 8, 0];
}
