using ResumableDownload.Model;

namespace ResumableDownload.Tests.Model;

/// <summary>How a digest is written and read.</summary>
public sealed class DigestTests
{
    [Theory]
    [InlineData("crc32c:e3069283", DigestAlgorithm.Crc32C, "crc32c:e3069283")]
    [InlineData("CRC32C:E3069283", DigestAlgorithm.Crc32C, "crc32c:e3069283")]
    [InlineData("crc32:cbf43926", DigestAlgorithm.Crc32, "crc32:cbf43926")]
    [InlineData("CRC-64:995DC9BBDF1939FA", DigestAlgorithm.Crc64, "crc64:995dc9bbdf1939fa")]
    [InlineData("crc64nvme:AE8B14860A799888", DigestAlgorithm.Crc64Nvme, "crc64nvme:ae8b14860a799888")]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e", DigestAlgorithm.Md5, "md5:d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("SHA1:da39a3ee5e6b4b0d3255bfef95601890afd80709", DigestAlgorithm.Sha1, "sha-1:da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("sha-1:DA39A3EE5E6B4B0D3255BFEF95601890AFD80709", DigestAlgorithm.Sha1, "sha-1:da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData(" sha256 : 0000000000000000000000000000000000000000000000000000000000000001 ", DigestAlgorithm.Sha256, "sha-256:0000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("Sha-256:0000000000000000000000000000000000000000000000000000000000000001", DigestAlgorithm.Sha256, "sha-256:0000000000000000000000000000000000000000000000000000000000000001")]
    public void A_digest_is_read_in_any_case_and_written_in_one_way(string text, DigestAlgorithm algorithm, string written)
    {
        var digest = Digest.Parse(text);
        Assert.Equal(algorithm, digest.Algorithm);
        Assert.Equal(written, digest.ToString());
        Assert.True(Digest.TryParse(text, out var tried));
        Assert.Equal(digest, tried);
    }

    [Theory]
    [InlineData("", "no colon")]
    [InlineData("e3069283", "no colon")]
    [InlineData(":e3069283", "“” is no digest algorithm known here: sha-256, sha-512")]
    [InlineData("adler32:e3069283", "“adler32” is no digest algorithm")]
    [InlineData("\u001b[2J:e3069283", "“?[2J” is no digest algorithm")]
    [InlineData("sha-256:e3069283", "sha-256 has 64 hexadecimal digits, not 8")]
    [InlineData("crc32c:", "crc32c has 8 hexadecimal digits, not 0")]
    [InlineData("crc32c:e306928", "crc32c has 8 hexadecimal digits, not 7")]
    [InlineData("crc32c:e306928g", "“g” is no hexadecimal digit")]
    [InlineData("crc32c:e3-69283", "“-” is no hexadecimal digit")]
    [InlineData("crc32c:e30692٣8", "“٣” is no hexadecimal digit")]
    [InlineData("crc32c:e3069283:", "8 hexadecimal digits, not 9")]
    public void What_is_no_digest_is_refused_with_the_reason(string text, string reason)
    {
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Digest.Parse(text)).Message, StringComparison.Ordinal);
        Assert.False(Digest.TryParse(text, out var digest));
        Assert.Null(digest);
    }

    [Fact]
    public void No_text_is_no_digest()
    {
        Assert.False(Digest.TryParse(null, out _));
        Assert.Throws<ArgumentNullException>(() => Digest.Parse(null!));
    }

    [Theory]
    [InlineData(DigestAlgorithm.Sha256, 32)]
    [InlineData(DigestAlgorithm.Sha512, 64)]
    [InlineData(DigestAlgorithm.Sha1, 20)]
    [InlineData(DigestAlgorithm.Md5, 16)]
    [InlineData(DigestAlgorithm.Crc32, 4)]
    [InlineData(DigestAlgorithm.Crc32C, 4)]
    [InlineData(DigestAlgorithm.Crc64, 8)]
    [InlineData(DigestAlgorithm.Crc64Nvme, 8)]
    public void A_digest_has_the_length_of_its_algorithm(DigestAlgorithm algorithm, int length)
    {
        var digest = new Digest(algorithm, new byte[length]);
        Assert.Equal(length, digest.Value.Length);
        Assert.Equal(digest, Digest.Parse(digest.ToString()));
        Assert.Throws<ArgumentException>(() => new Digest(algorithm, new byte[length - 1]));
        Assert.Throws<ArgumentException>(() => new Digest(algorithm, new byte[length + 1]));
        Assert.Throws<ArgumentException>(() => new Digest(algorithm, []));
    }

    [Fact]
    public void There_is_no_digest_of_an_unknown_algorithm() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Digest((DigestAlgorithm)8, new byte[4]));

    [Fact]
    public void Digests_are_equal_by_algorithm_and_value()
    {
        var digest = Digest.Parse("crc32c:e3069283");
        Assert.Equal(digest, Digest.Parse("CRC32C:E3069283"));
        Assert.Equal(digest.GetHashCode(), Digest.Parse("CRC32C:E3069283").GetHashCode());
        Assert.NotEqual(digest, Digest.Parse("crc32:e3069283"));
        Assert.NotEqual(digest, Digest.Parse("crc32c:e3069284"));
        Assert.False(digest.Equals(null));
    }

    // Whoever made it may use the array again.
    [Fact]
    public void A_digest_does_not_change_with_the_array_it_was_made_of()
    {
        var bytes = new byte[4];
        var digest = new Digest(DigestAlgorithm.Crc32, bytes);
        bytes[0] = 1;
        Assert.Equal(Digest.Parse("crc32:00000000"), digest);
    }

    [Theory]
    [InlineData("crc32c:e3069283", 0xE3069283)]
    [InlineData("crc32:00000001", 1)]
    [InlineData("crc64:995dc9bbdf1939fa", 0x995DC9BBDF1939FA)]
    [InlineData("crc64nvme:0000000000000001", 1)]
    public void A_CRC_is_a_number_with_its_most_significant_byte_first(string text, ulong number)
    {
        Assert.Equal(number, Digest.Parse(text).Crc);
        Assert.Equal(Digest.Parse(text), Digest.OfCrc(Digest.Parse(text).Algorithm, number));
    }
}
