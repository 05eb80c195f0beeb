using System.Globalization;

namespace ResumableDownload.IntegrationTests;

/// <summary>
/// Alibaba Cloud OSS, as its documentation and its SDKs describe it: If-Range is ignored, a range that is not wholly inside brings the whole object,
/// addresses are signed for one method and expire, and the CRC-64 of the whole object comes with every answer.
/// </summary>
internal sealed class OssStore : ObjectStore
{
    private int _answers;

    public OssAccessKey Key { get; } = new("LTAI5tStandIn", "a secret of the stand-in", "cn-hangzhou");

    /// <summary>Whether objects may be read without a signature (ACL "public read").</summary>
    public bool IsPublic { get; set; }

    /// <summary>Whether x-oss-hash-crc64ecma is told. Old objects, and copies of some kinds, have none.</summary>
    public bool TellsCrc64 { get; set; } = true;

    public OssPresigner Presigner => new(Endpoint, Key, Clock);

    public static SignedParts Get(string key) => new("GET", Bucket, key);

    /// <summary>Signs an address for reading an object for an hour.</summary>
    public Uri V1(string key) => Presigner.V1(Get(key), TimeSpan.FromHours(1));

    /// <inheritdoc cref="V1"/>
    public Uri V4(string key) => Presigner.V4(Get(key), TimeSpan.FromHours(1));

    public override Uri Sign(string key, TimeSpan? validFor = null) => Presigner.V4(Get(key), validFor ?? TimeSpan.FromHours(1));

    /// <summary>PutObject: the MD5 in upper-case hexadecimal. An object that came in parts has a value of its own with the number of parts ("Data verification").</summary>
    protected override string TagOf(byte[] bytes) => $"\"{Convert.ToHexString(StoredObject.Md5Of(bytes))}\"";

    protected override Answer? Refuse(StoreRequest request)
    {
        if (OssSignatureCheck.IsSigned(request))
        {
            return OssSignatureCheck.Refuse(request, Key, Clock.GetUtcNow()) is var (code, message, more) ? Error(403, code, message, more) : null;
        }

        return IsPublic ? null : Error(403, "AccessDenied", "You have no right to access this object.");
    }

    /// <summary>If-Range is not among the conditions of GetObject, and the vendor's guide for Android says that it is not supported.</summary>
    protected override StoreRange RangeOf(StoreRequest request, StoredObject item) =>
        request.Signed.Header("x-oss-range-behavior") == "standard"
            ? StoreRange.Standard(request.Range, item.Length)
            : StoreRange.Lenient(request.Range, item.Length);

    /// <summary>The CRC-64 and Content-MD5 are the whole object's, on a 206 too ("Check data transmission integrity by using CRC-64").</summary>
    protected override Answer Prove(Answer answer, StoredObject item) => answer
        .With("x-oss-hash-crc64ecma", TellsCrc64 ? item.Crc64.ToString(CultureInfo.InvariantCulture) : null)
        .With("Content-MD5", item.Parts > 0 ? null : Convert.ToBase64String(item.Md5));

    protected override Answer Describe(Answer answer, StoredObject item) => answer
        .With("x-oss-object-type", item.Parts > 0 ? "Multipart" : "Normal")
        .With("x-oss-storage-class", "Standard");

    protected override Answer Stamp(Answer answer) => answer
        .With("Server", "AliyunOSS")
        .With("x-oss-request-id", $"655C4A5B0C8E6D33{Interlocked.Increment(ref _answers):X8}");

    protected override Answer Error(int status, string code, string message, params (string Name, string Value)[] more) =>
        base.Error(status, code, message, [("RequestId", "655C4A5B0C8E6D33"), ("HostId", "bucket.oss-cn-hangzhou.aliyuncs.com"), .. more]);
}
