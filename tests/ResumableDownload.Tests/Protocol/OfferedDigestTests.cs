using FsCheck.Fluent;
using ResumableDownload.Model;
using ResumableDownload.Protocol;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Protocol;

/// <summary>Which digests in the head of an answer are believed to be of the whole file. All of them here are of the text 123456789.</summary>
public sealed class OfferedDigestTests
{
    private const string Sha256 = "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=";
    private const string Sha512 = "2eZ2LdHI6vbWGzxhkvxAjU1tXxF20MKRabwk5xw/J0rSf81YEbMT1oH35V7ALXPUmclUVba1u1A6z1dPuo/+hQ==";
    private const string Sha1 = "98O8HYCOBHMq32eZZczDTKeuNEE=";
    private const string Md5 = "JfnnlDI7RTiF9RgfG2JNCw==";
    private const string OtherMd5 = "1B2M2Y8AsgTpgAmY7PhCfg==";
    private const string Crc32 = "y/Q5Jg==";
    private const string Crc32C = "4waSgw==";
    private const string Crc64 = "11051210869376104954";
    private const string Crc64Nvme = "rosUhgp5mIg=";

    private static readonly string[] Known =
    [
        "sha-256:15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
        "sha-512:d9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274ad27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85",
        "sha-1:f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "md5:25f9e794323b453885f5181f1b624d0b",
        "crc32:cbf43926",
        "crc32c:e3069283",
        "crc64:995dc9bbdf1939fa",
        "crc64nvme:ae8b14860a799888",
    ];

    private static readonly string[] Fields =
    [
        "Repr-Digest", "Content-Digest", "Digest", "Content-MD5", "x-oss-hash-crc64ecma", "x-cos-hash-crc64ecma", "x-goog-hash", "x-ms-blob-content-md5",
        "x-amz-checksum-crc32", "x-amz-checksum-crc32c", "x-amz-checksum-crc64nvme", "x-amz-checksum-sha1", "x-amz-checksum-sha256",
    ];

    [Theory]
    [InlineData($"Repr-Digest: sha-256=:{Sha256}:", "sha-256 by Repr-Digest")]
    [InlineData($"Repr-Digest: sha-512=:{Sha512}:, md5=:{Md5}:,\tsha=:{Sha1}: ,crc32c=:{Crc32C}:", "sha-512 md5 sha-1 crc32c by Repr-Digest")]
    [InlineData($"Repr-Digest: sha-256=:{Sha256}:\nRepr-Digest: md5=:{Md5}:", "sha-256 md5 by Repr-Digest")]
    [InlineData($"Repr-Digest: sha-256=:{Sha256}:;a=1; b=\"md5=:x:, \\\", md5=:{OtherMd5}:\", md5=:{Md5}:", "sha-256 md5 by Repr-Digest")]
    [InlineData($"Repr-Digest: sha-256=:{Sha256}:;a=\"xy\", md5=:{Md5}:", "sha-256 md5 by Repr-Digest")]
    [InlineData($"Repr-Digest: unixsum=:AAA=:, adler=:AAAAAA==:, id-sha-256=:{Sha256}:, md5=:{Md5}:", "md5 by Repr-Digest")]
    [InlineData($"Repr-Digest: SHA-256 = :{Sha256}:", "sha-256 by Repr-Digest")]
    [InlineData($"x-oss-hash-crc64ecma: {Crc64}", "crc64 by x-oss-hash-crc64ecma")]
    [InlineData($"x-cos-hash-crc64ecma: {Crc64}", "crc64 by x-cos-hash-crc64ecma")]
    [InlineData($"x-goog-hash: crc32c={Crc32C},md5={Md5}", "crc32c md5 by x-goog-hash")]
    [InlineData($"x-goog-hash: crc32c={Crc32C}\nx-goog-hash: md5={Md5}", "crc32c md5 by x-goog-hash")]
    [InlineData($"x-goog-hash: crc32c={Crc32C}\nx-goog-stored-content-encoding: identity", "crc32c by x-goog-hash")]
    [InlineData($"x-ms-blob-content-md5: {Md5}", "md5 by x-ms-blob-content-md5")]
    [InlineData($"x-ms-blob-content-md5:   {Md5}  ", "md5 by x-ms-blob-content-md5")]
    public void These_are_of_the_whole_file_on_any_answer(string head, string expected)
    {
        Assert.Equal(expected, Told(head, 200));
        Assert.Equal(expected, Told(head, 206));
    }

    [Theory]
    [InlineData($"Content-Digest: sha-256=:{Sha256}:", "sha-256 by Content-Digest")]
    [InlineData($"Digest: SHA-256={Sha256},MD5={Md5}, sha={Sha1}, SHA-512={Sha512}", "sha-256 md5 sha-1 sha-512 by Digest")]
    [InlineData("Digest: CRC32c=e3069283", "crc32c by Digest")]
    [InlineData("Digest: crc32c=E3069283", "crc32c by Digest")]
    [InlineData($"Digest: CRC32c={Crc32C}", "crc32c by Digest")]
    [InlineData($"Content-MD5: {Md5}", "md5 by Content-MD5")]
    [InlineData($"x-amz-checksum-crc32: {Crc32}", "crc32 by x-amz-checksum-crc32")]
    [InlineData($"x-amz-checksum-crc32c: {Crc32C}", "crc32c by x-amz-checksum-crc32c")]
    [InlineData($"x-amz-checksum-crc64nvme: {Crc64Nvme}", "crc64nvme by x-amz-checksum-crc64nvme")]
    [InlineData($"x-amz-checksum-sha1: {Sha1}", "sha-1 by x-amz-checksum-sha1")]
    [InlineData($"x-amz-checksum-sha256: {Sha256}\nx-amz-checksum-type: FULL_OBJECT", "sha-256 by x-amz-checksum-sha256")]
    public void These_are_of_the_whole_file_when_the_answer_is(string head, string expected)
    {
        Assert.Equal(expected, Told(head, 200));
        Assert.Equal("", Told(head, 206));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Repr-Digest: ")]
    [InlineData("Repr-Digest: ,,,=,=:,==,sha-256,sha-256=,sha-256=:,sha-256=::,sha-256=?1,sha-256=\"")]
    [InlineData($"Repr-Digest: sha-256={Sha256}")]
    [InlineData($"Repr-Digest: sha-256=:{Sha256}")]
    [InlineData($"Repr-Digest: sha-256={Sha256}:")]
    [InlineData($"Repr-Digest: sha-256=:{Sha256}: {Sha256}")]
    [InlineData($"Repr-Digest: sha-256=(:{Sha256}:)")]
    [InlineData($"Repr-Digest: sha-256=:{Md5}:")]
    [InlineData($"Repr-Digest: note=\"a, sha-256=:{Sha256}:, b\"")]
    [InlineData($"Repr-Digest: sha-1=:{Sha1}:")]
    [InlineData("Repr-Digest: md5=:JfnnlDI7RTiF9RgfG2JNCw:")]
    [InlineData("Repr-Digest: md5=:JfnnlDI7RTiF9RgfG2JNCÄ==:")]
    [InlineData("Repr-Digest: md5=:JfnnlDI7 TiF9RgfG2JNCw==:")]
    [InlineData("Repr-Digest: md5=:JfnnlDI7 RTiF9RgfG2JNCw==:")]
    [InlineData("Repr-Digest: md5=:25f9e794323b453885f5181f1b624d0b:")]
    [InlineData("Content-MD5: JfnnlDI7RTiF9RgfG2JNCw=")]
    [InlineData("Content-MD5: 25f9e794323b453885f5181f1b624d0b")]
    [InlineData($"Content-MD5: {Md5}, {Md5}")]
    [InlineData("Digest: CRC32c=")]
    [InlineData("Digest: CRC32c=0e3069283")]
    [InlineData("Digest: CRC32c=-3069283")]
    [InlineData($"Digest: id-sha-256={Sha256}")]
    [InlineData($"Digest: SHA-256=:{Sha256}:")]
    [InlineData("x-oss-hash-crc64ecma: ")]
    [InlineData("x-oss-hash-crc64ecma: -1")]
    [InlineData("x-oss-hash-crc64ecma: +1")]
    [InlineData("x-oss-hash-crc64ecma: 18446744073709551616")]
    [InlineData("x-oss-hash-crc64ecma: 995DC9BBDF1939FA")]
    [InlineData("x-oss-hash-crc64ecma: 1,105")]
    [InlineData("x-oss-hash-crc64ecma: ١")]
    [InlineData($"x-goog-hash: crc32c={Crc32C},md5={Md5}\nx-goog-stored-content-encoding: gzip")]
    [InlineData("x-goog-hash: crc32c=e3069283")]
    [InlineData($"x-amz-checksum-crc32c: {Crc32C}-3")]
    [InlineData("x-amz-checksum-sha256: FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSO-12")]
    [InlineData($"x-amz-checksum-crc32c: {Crc32C}\nx-amz-checksum-type: COMPOSITE")]
    [InlineData("ETag: \"25f9e794323b453885f5181f1b624d0b\"")]
    public void What_is_malformed_or_of_something_else_is_no_digest(string head) => Assert.Equal("", Told(head, 200));

    [Fact]
    public void Short_numbers_have_leading_zeros()
    {
        Assert.Equal("crc64:0000000000000001", Assert.Single(Read("x-oss-hash-crc64ecma: 1", 200)).Digest.ToString());
        Assert.Equal("crc32c:0000000a", Assert.Single(Read("Digest: CRC32c=a", 200)).Digest.ToString());
    }

    // Packed bytes: OSS still states the digests of the stored ones, Apache those of neither.
    [Fact]
    public void No_digest_counts_when_the_answer_is_packed()
    {
        var head = $"Repr-Digest: sha-256=:{Sha256}:\nContent-MD5: {Md5}\nx-oss-hash-crc64ecma: {Crc64}\nx-goog-hash: crc32c={Crc32C}";
        Assert.Equal(4, Read(head, 200).Length);
        Assert.Empty(OfferedDigests.Read(Lookup(head), 200, isCoded: true));
    }

    [Theory]
    [InlineData(304)]
    [InlineData(404)]
    [InlineData(416)]
    public void An_answer_without_bytes_of_the_file_proves_none(int status) => Assert.Equal("", Told($"Repr-Digest: sha-256=:{Sha256}:", status));

    [Theory]
    [InlineData($"Content-MD5: {Md5}\nx-ms-blob-content-md5: {Md5}", "md5 by x-ms-blob-content-md5, md5 by Content-MD5")]
    [InlineData($"x-oss-hash-crc64ecma: {Crc64}\nx-oss-hash-crc64ecma: {Crc64}", "crc64 by x-oss-hash-crc64ecma")]
    [InlineData($"Content-MD5: {Md5}\nx-ms-blob-content-md5: {OtherMd5}", "")]
    [InlineData($"Content-MD5: {Md5}\nContent-MD5: {OtherMd5}", "")]
    [InlineData($"Repr-Digest: md5=:{Md5}:, md5=:{OtherMd5}:", "")]
    [InlineData($"Content-MD5: {Md5}\nDigest: MD5={OtherMd5}, SHA-256={Sha256}", "sha-256 by Digest")]
    [InlineData($"x-oss-hash-crc64ecma: {Crc64}\nx-cos-hash-crc64ecma: 1\nContent-MD5: {Md5}", "md5 by Content-MD5")]
    public void Two_that_contradict_each_other_prove_nothing(string head, string expected) => Assert.Equal(expected, Told(head, 200));

    // What contradicts is not of this answer, so it does not count, and nothing is contradicted.
    [Fact]
    public void The_digest_of_a_range_contradicts_nothing() =>
        Assert.Equal("md5 by x-ms-blob-content-md5", Told($"Content-MD5: {OtherMd5}\nx-ms-blob-content-md5: {Md5}", 206));

    [Fact]
    public void No_text_whatever_throws() => Law.Holds(Law.Seed, static seed =>
    {
        var random = new Random(seed);
        string[] pieces = [Sha256, Md5, Crc32C, Crc64, "sha-256", "md5", "crc32c", "=", ":", "=:", ":,", ",", ";", "\"", "\\", " ", "\0", "-3", "é", "\ud800", "\uffff", "A"];
        var head = Fields.ToDictionary(static field => field, _ => Enumerable.Range(0, random.Next(3)).Select(_ => string.Concat(random.GetItems(pieces, random.Next(9)))).ToArray());
        var offered = OfferedDigests.Read(field => head.GetValueOrDefault(field, []), random.Next(2) == 0 ? 200 : 206, isCoded: false);
        Assert.All(offered, one => Assert.Contains(one.Field, Fields));
        Assert.Equal(offered.Select(static one => one.Digest.Algorithm).Distinct().Count(), offered.Select(static one => one.Digest).Distinct().Count());
    });

    [Fact]
    public void Any_text_may_stand_in_any_field() => Law.Holds(
        Gen.Elements(Fields).Zip(ArbMap.Default.GeneratorFor<string>()),
        static pair => Assert.All(OfferedDigests.Read(field => field == pair.Item1 && pair.Item2 is not null ? [pair.Item2] : [], 200, isCoded: false), one => Assert.Equal(pair.Item1, one.Field)));

    [Fact]
    public void A_field_without_end_is_read_all_the_same()
    {
        var digests = string.Concat(Enumerable.Range(0, 20_000).Select(static number => $"md5=:{Convert.ToBase64String(Guid.Parse($"{number:x32}").ToByteArray())}:,"));
        Assert.Equal("", Told($"Repr-Digest: {digests}\nContent-MD5: {new string('A', 1 << 20)}", 200));
        Assert.Equal("sha-256 by Digest", Told($"Repr-Digest: {new string('"', 99_999)},{new string('\\', 99_999)}\nDigest: {new string(',', 99_999)}SHA-256={Sha256}", 200));
    }

    private static string Told(string head, int status) => string.Join(
        ", ",
        Read(head, status).GroupBy(static one => one.Field, static one => one.Digest).Select(static group => $"{string.Join(' ', group.Select(Name))} by {group.Key}"));

    private static string Name(Digest digest) => Known.Contains(digest.ToString()) ? digest.ToString().Split(':')[0] : digest.ToString();

    private static OfferedDigest[] Read(string head, int status) => [.. OfferedDigests.Read(Lookup(head), status, isCoded: false)];

    private static Func<string, string[]> Lookup(string head)
    {
        var lines = head.Split('\n').Select(static line => line.Split(": ", 2)).Where(static line => line.Length == 2).ToLookup(static line => line[0], static line => line[1], StringComparer.OrdinalIgnoreCase);
        return field => [.. lines[field]];
    }
}
