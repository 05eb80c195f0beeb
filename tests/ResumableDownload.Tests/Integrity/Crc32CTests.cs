using System.Text;
using FsCheck.Fluent;
using ResumableDownload.Integrity;
using ResumableDownload.Tests.Model;

namespace ResumableDownload.Tests.Integrity;

/// <summary>The fast sum against the plainest one: bit by bit, from the polynomial.</summary>
public sealed class Crc32CTests
{
    private const int Lane = 4096;

    [Theory]
    [InlineData("123456789", 0xE3069283)]
    [InlineData("", 0x00000000)]
    [InlineData("a", 0xC1D04330)]
    public void The_published_values_come_out(string text, uint expected) => Assert.Equal(expected, Crc32C.Of(Encoding.ASCII.GetBytes(text)));

    // RFC 3720, appendix B.4.
    [Fact]
    public void The_values_of_iSCSI_come_out()
    {
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Of([.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD794Eu, Crc32C.Of([.. Enumerable.Range(0, 32).Select(static value => (byte)value)]));
    }

    public static TheoryData<int> Lengths =>
    [
        .. Enumerable.Range(0, 20),
        .. new[] { Lane, 2 * Lane, 3 * Lane, 6 * Lane, 9 * Lane }.SelectMany(static edge => new[] { edge - 9, edge - 8, edge - 7, edge - 1, edge, edge + 1, edge + 7, edge + 8, edge + 9 }),
    ];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Every_length_around_the_lanes_is_summed_right(int length)
    {
        var bytes = Bytes(length, seed: length);
        Assert.Equal(BitByBit(bytes), Crc32C.Of(bytes));
        Assert.Equal(BitByBit(bytes.AsSpan(length / 3)), Crc32C.Of(bytes.AsSpan(length / 3)));
    }

    [Fact]
    public void Appending_piece_by_piece_is_the_whole() => Law.Holds(Law.Seed, static seed =>
    {
        var random = new Random(seed);
        var bytes = Bytes(random.Next(5 * Lane), seed);
        var (sum, at) = (0u, 0);
        while (at < bytes.Length)
        {
            var count = random.Next(bytes.Length - at + 1);
            sum = Crc32C.Append(sum, bytes.AsSpan(at, count));
            at += count;
        }

        Assert.Equal(Crc32C.Of(bytes), sum);
    });

    [Fact]
    public void Two_sums_combine_to_the_sum_of_both() => Law.Holds(Law.Seed, static seed =>
    {
        var random = new Random(seed);
        var bytes = Bytes(random.Next(5 * Lane), seed);
        var cut = random.Next(4) switch { 0 => 0, 1 => bytes.Length, _ => random.Next(bytes.Length + 1) };
        var (first, second) = (Crc32C.Of(bytes.AsSpan(0, cut)), Crc32C.Of(bytes.AsSpan(cut)));
        Assert.Equal(Crc32C.Of(bytes), Crc32C.Combine(first, second, bytes.Length - cut));
    });

    // Lengths that no test could feed byte by byte: the sum of a is the same however a, b, c are put together.
    [Fact]
    public void Combining_is_associative_for_lengths_of_terabytes() => Law.Holds(Law.Seed, static seed =>
    {
        var random = new Random(seed);
        var (a, b, c) = ((uint)random.NextInt64(1L << 32), (uint)random.NextInt64(1L << 32), (uint)random.NextInt64(1L << 32));
        var (lengthB, lengthC) = (random.NextInt64(1L << random.Next(1, 62)), random.NextInt64(1L << random.Next(1, 62)));
        var left = Crc32C.Combine(Crc32C.Combine(a, b, lengthB), c, lengthC);
        var right = Crc32C.Combine(a, Crc32C.Combine(b, c, lengthC), lengthB + lengthC);
        Assert.Equal(left, right);
    });

    [Fact]
    public void A_gigabyte_of_zeros_is_combined_as_it_is_appended()
    {
        var zeros = new byte[1 << 20];
        var start = Crc32C.Of("start"u8);
        var appended = Enumerable.Range(0, 64).Aggregate(start, (sum, _) => Crc32C.Append(sum, zeros));
        var doubled = Enumerable.Range(0, 6).Aggregate((Sum: Crc32C.Of(zeros), Length: 1L << 20), static (half, _) => (Crc32C.Combine(half.Sum, half.Sum, half.Length), 2 * half.Length));
        Assert.Equal(appended, Crc32C.Combine(start, doubled.Sum, doubled.Length));
    }

    [Fact]
    public void A_prepared_shift_is_the_shift_itself() => Law.Holds(Law.Seed, static seed =>
    {
        var random = new Random(seed);
        var (length, state) = (random.NextInt64(1L << 40), (uint)random.NextInt64(1L << 32));
        Assert.Equal(Crc32CPolynomial.Shift(state, length), new Crc32CShift(length).Apply(state));
    }, count: 50);

    private static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        var state = ~0u;
        foreach (var value in bytes)
        {
            state ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                state = (state & 1) != 0 ? (state >> 1) ^ 0x82F63B78 : state >> 1;
            }
        }

        return ~state;
    }
}
