using System.Buffers.Binary;
using System.Globalization;

namespace ResumableDownload.IntegrationTests;

/// <summary>Amazon S3 and those that keep close to it: If-Range is honoured, a start beyond the end is 416, checksums come when asked for in the signed address.</summary>
internal sealed class S3Store : TokenStore
{
    private const string Time = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Which x-amz-checksum-* is told, if any.</summary>
    public string? Checksum { get; set; }

    /// <summary>As many stores that speak S3's language do (s3rver among them).</summary>
    public bool IgnoresIfRange { get; set; }

    protected override string SignatureName => "X-Amz-Signature";

    // x-amz-checksum-mode is one: sent with an address that was signed without it, it is a 403.
    protected override string? OwnFields => "x-amz-";

    protected override string TagOf(byte[] bytes) => $"\"{Convert.ToHexStringLower(StoredObject.Md5Of(bytes))}\"";

    protected override IEnumerable<KeyValuePair<string, string>> Parameters(DateTimeOffset now, TimeSpan validFor) =>
    [
        new("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
        new("X-Amz-Credential", string.Create(CultureInfo.InvariantCulture, $"AKIASTANDIN/{now:yyyyMMdd}/eu-central-1/s3/aws4_request")),
        new("X-Amz-Date", now.ToString(Time, CultureInfo.InvariantCulture)),
        new("X-Amz-Expires", validFor.TotalSeconds.ToString(CultureInfo.InvariantCulture)),
        new("X-Amz-SignedHeaders", "host"),
        .. Checksum is null ? [] : new KeyValuePair<string, string>[] { new("x-amz-checksum-mode", "ENABLED") },
    ];

    protected override DateTimeOffset EndOf(StoreRequest request) =>
        DateTimeOffset.ParseExact(request.Parameter("X-Amz-Date")!, Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            .AddSeconds(int.Parse(request.Parameter("X-Amz-Expires")!, CultureInfo.InvariantCulture));

    protected override Answer Expired(DateTimeOffset end, DateTimeOffset now) =>
        Error(403, "AccessDenied", "Request has expired", ("Expires", $"{end:s}Z"), ("ServerTime", $"{now:s}Z"), ("RequestId", "4442587FB7D0A2F9"));

    /// <summary>Undocumented, but users' reports agree that If-Range works.</summary>
    protected override StoreRange RangeOf(StoreRequest request, StoredObject item) =>
        IgnoresIfRange || StoreConditions.MayBePart(request, item) ? StoreRange.Standard(request.Range, item.Length) : StoreRange.Whole;

    /// <summary>The length is told in the document and not in a Content-Range.</summary>
    protected override Answer Unsatisfiable(StoredObject item) =>
        Error(416, "InvalidRange", "The requested range is not satisfiable", ("ActualObjectSize", item.Length.ToString(CultureInfo.InvariantCulture)));

    protected override Answer Prove(Answer answer, StoredObject item)
    {
        // On a 206 the documentation promises none.
        if (Checksum is null || answer.Status != 200)
        {
            return answer;
        }

        return answer
            .With($"x-amz-checksum-{Checksum}", Convert.ToBase64String(ChecksumOf(Checksum, item.Bytes)) + (item.Parts > 0 ? $"-{item.Parts}" : ""))
            .With("x-amz-checksum-type", item.Parts > 0 ? "COMPOSITE" : "FULL_OBJECT");
    }

    protected override Answer Stamp(Answer answer) => answer.With("Server", "AmazonS3").With("x-amz-request-id", "4442587FB7D0A2F9");

    private static byte[] ChecksumOf(string name, byte[] bytes)
    {
        var big = new byte[name == "crc64nvme" ? 8 : 4];
        switch (name)
        {
            case "crc64nvme":
                BinaryPrimitives.WriteUInt64BigEndian(big, BitwiseCrc.Crc64Nvme(bytes));
                return big;
            case "crc32" or "crc32c":
                BinaryPrimitives.WriteUInt32BigEndian(big, name == "crc32" ? BitwiseCrc.Crc32(bytes) : BitwiseCrc.Crc32C(bytes));
                return big;
            default:
                return System.Security.Cryptography.SHA256.HashData(bytes);
        }
    }
}
