using System.Text;
using FsCheck.Fluent;
using ResumableDownload.Integrity;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Integrity;

/// <summary>The fast sums against the plainest ones: bit by bit, from the polynomial.</summary>
public sealed class SumKindTests
{
    private const int Lane = 4096;

    private static readonly string[] AllNames = ["crc32c", "crc32", "crc64", "crc64nvme"];

    public static TheoryData<string> Names => [.. AllNames];

    public static TheoryData<int> Lengths =>
    [
        .. Enumerable.Range(0, 300),
        .. new[] { Lane, 2 * Lane, 3 * Lane, 6 * Lane, 9 * Lane }.SelectMany(static edge => Enumerable.Range(edge - 17, 35)),
    ];

    [Theory]
    [InlineData("crc32c", "123456789", 0xE3069283)]
    [InlineData("crc32c", "a", 0xC1D04330)]
    [InlineData("crc32", "123456789", 0xCBF43926)]
    [InlineData("crc64", "123456789", 0x995DC9BBDF1939FA)]
    [InlineData("crc64nvme", "123456789", 0xAE8B14860A799888)]
    public void The_published_values_come_out(string name, string text, ulong expected) => Assert.Equal(expected, Kind(name).Append(0, Encoding.ASCII.GetBytes(text)));

    // RFC 3720, appendix B.4.
    [Fact]
    public void The_values_of_iSCSI_come_out()
    {
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Of([.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD794Eu, Crc32C.Of([.. Enumerable.Range(0, 32).Select(static value => (byte)value)]));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Every_length_around_the_lanes_is_summed_right(int length) => Assert.All(AllNames, name =>
    {
        var bytes = Bytes(length, seed: length);
        Assert.Equal(BitByBit(name, bytes), Kind(name).Append(0, bytes));
        Assert.Equal(BitByBit(name, bytes.AsSpan(length / 3)), Kind(name).Append(0, bytes.AsSpan(length / 3)));
    });

    // What a processor without the instruction for folding computes.
    [Theory]
    [InlineData("crc32", 0xEDB88320, 32)]
    [InlineData("crc64", 0xC96C5795D7870F42, 64)]
    public void The_tables_alone_give_the_same(string name, ulong polynomial, int width)
    {
        var (tables, ones) = (new CrcTables(new CrcPolynomial(polynomial, width)), ulong.MaxValue >> (64 - width));
        for (var length = 0; length < 300; length++)
        {
            var bytes = Bytes(length, seed: length);
            Assert.Equal(BitByBit(name, bytes), tables.Run(ones, bytes) ^ ones);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Appending_piece_by_piece_is_the_whole(string name) => Law.Holds(Law.Seed, seed =>
    {
        var random = new Random(seed);
        var bytes = Bytes(random.Next(5 * Lane), seed);
        var (sum, at) = (0UL, 0);
        while (at < bytes.Length)
        {
            var count = random.Next(bytes.Length - at + 1);
            sum = Kind(name).Append(sum, bytes.AsSpan(at, count));
            at += count;
        }

        Assert.Equal(Kind(name).Append(0, bytes), sum);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_sums_combine_to_the_sum_of_both_wherever_the_cut_is(string name)
    {
        var bytes = Bytes(1000, seed: 1);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            AssertCombines(Kind(name), bytes, cut);
        }

        var more = Bytes(5 * Lane, seed: 2);
        Law.Holds(Law.Seed, seed => AssertCombines(Kind(name), more, seed % (more.Length + 1)), count: 200);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_has_the_sum_zero_and_changes_no_sum(string name) => Law.Holds(Law.Seed, seed =>
    {
        var sum = AnySum(new Random(seed), Kind(name));
        Assert.Equal(0UL, Kind(name).Append(0, []));
        Assert.Equal(sum, Kind(name).Append(sum, []));
        Assert.Equal(sum, Kind(name).Combine(sum, 0, 0));
        Assert.Equal(sum, Kind(name).Combine(0, sum, seed));
    }, count: 200);

    // Lengths that no test could feed byte by byte: the sum of a is the same however a, b, c are put together.
    [Theory]
    [MemberData(nameof(Names))]
    public void Combining_is_associative_for_lengths_of_exabytes(string name) => Law.Holds(Law.Seed, seed =>
    {
        var (random, kind) = (new Random(seed), Kind(name));
        var (a, b, c) = (AnySum(random, kind), AnySum(random, kind), AnySum(random, kind));
        var (lengthB, lengthC) = (random.NextInt64(1L << random.Next(1, 62)), random.NextInt64(1L << random.Next(1, 62)));
        var left = kind.Combine(kind.Combine(a, b, lengthB), c, lengthC);
        var right = kind.Combine(a, kind.Combine(b, c, lengthC), lengthB + lengthC);
        Assert.Equal(left, right);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Many_zeros_are_combined_as_they_are_appended(string name)
    {
        var (zeros, kind) = (new byte[1 << 20], Kind(name));
        var start = kind.Append(0, "start"u8);
        var appended = Enumerable.Range(0, 64).Aggregate(start, (sum, _) => kind.Append(sum, zeros));
        var doubled = Enumerable.Range(0, 6).Aggregate((Sum: kind.Append(0, zeros), Length: 1L << 20), (half, _) => (kind.Combine(half.Sum, half.Sum, half.Length), 2 * half.Length));
        Assert.Equal(appended, kind.Combine(start, doubled.Sum, doubled.Length));
    }

    [Fact]
    public void A_kind_is_found_by_its_name_and_by_its_algorithm()
    {
        var found = AllNames.Select(Kind).Select(static kind => (kind.Name, kind.HexDigits, kind.Algorithm));
        Assert.Equal([("crc32c", 8, DigestAlgorithm.Crc32C), ("crc32", 8, DigestAlgorithm.Crc32), ("crc64", 16, DigestAlgorithm.Crc64), ("crc64nvme", 16, DigestAlgorithm.Crc64Nvme)], found);
        Assert.All(AllNames, static name => Assert.Same(Kind(name), SumKind.For(Kind(name).Algorithm)));
        Assert.Null(SumKind.Named("CRC32C"));
        Assert.Null(SumKind.Named("sha-256"));
    }

    // Each digest is either combined from sums or hashed in order; none is both, none is neither.
    [Theory]
    [InlineData(DigestAlgorithm.Sha256, "SHA256")]
    [InlineData(DigestAlgorithm.Sha512, "SHA512")]
    [InlineData(DigestAlgorithm.Sha1, "SHA1")]
    [InlineData(DigestAlgorithm.Md5, "MD5")]
    [InlineData(DigestAlgorithm.Crc32, null)]
    [InlineData(DigestAlgorithm.Crc32C, null)]
    [InlineData(DigestAlgorithm.Crc64, null)]
    [InlineData(DigestAlgorithm.Crc64Nvme, null)]
    public void A_digest_is_hashed_unless_it_combines(DigestAlgorithm algorithm, string? hash)
    {
        Assert.Equal(hash, HashNames.For(algorithm)?.Name);
        Assert.Equal(hash is null, SumKind.For(algorithm) is not null);
    }

    [Theory]
    [InlineData(0x82F63B78, 32)]
    [InlineData(0xC96C5795D7870F42, 64)]
    public void A_prepared_shift_is_the_shift_itself(ulong polynomial, int width) => Law.Holds(Law.Seed, seed =>
    {
        var (random, ring) = (new Random(seed), new CrcPolynomial(polynomial, width));
        var (length, state) = (random.NextInt64(1L << 40), (ulong)random.NextInt64() & (ulong.MaxValue >> (64 - width)));
        Assert.Equal(ring.Shift(state, length), new CrcShift(ring, length).Apply(state));
    }, count: 50);

    private static SumKind Kind(string name) => SumKind.Named(name)!;

    private static ulong AnySum(Random random, SumKind kind) => (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> (64 - (4 * kind.HexDigits));

    private static void AssertCombines(SumKind kind, byte[] bytes, int cut)
    {
        var (first, second) = (kind.Append(0, bytes.AsSpan(0, cut)), kind.Append(0, bytes.AsSpan(cut)));
        Assert.Equal(kind.Append(0, bytes), kind.Combine(first, second, bytes.Length - cut));
    }

    private static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static ulong BitByBit(string name, ReadOnlySpan<byte> bytes)
    {
        var (polynomial, ones) = name switch
        {
            "crc32c" => (0x82F63B78, uint.MaxValue),
            "crc32" => (0xEDB88320, uint.MaxValue),
            "crc64" => (0xC96C5795D7870F42, ulong.MaxValue),
            _ => (0x9A6C9329AC4BC9B5, ulong.MaxValue),
        };
        var state = ones;
        foreach (var value in bytes)
        {
            state ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                state = (state & 1) != 0 ? (state >> 1) ^ polynomial : state >> 1;
            }
        }

        return state ^ ones;
    }
}
