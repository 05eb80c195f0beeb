using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ResumableDownload.Integrity;

/// <summary>CRC-32C (Castagnoli): the checksum of "123456789" is 0xE3069283.</summary>
/// <remarks>A sum is always in its final form, so sums can be carried on, stored and combined without a context. The sum of nothing is zero.</remarks>
internal static class Crc32C
{
    /// <summary>The length of each of three lanes: one CRC instruction waits for the one before, three independent ones do not.</summary>
    private const int Lane = 4096;

    public static CrcPolynomial Polynomial { get; } = new(0x82F63B78, 32);

    private static readonly CrcShift OneLane = new(Polynomial, Lane);

    public static uint Of(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>The sum of what <paramref name="sum"/> stands for, followed by <paramref name="bytes"/>.</summary>
    public static uint Append(uint sum, ReadOnlySpan<byte> bytes)
    {
        var state = ~sum;
        while (bytes.Length >= 3 * Lane)
        {
            state = ThreeLanes(state, bytes);
            bytes = bytes[(3 * Lane)..];
        }

        return ~OneByOne(state, bytes);
    }

    // Hot from the first byte: a first tier without optimization would cost as much as the rest of a whole GiB.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint ThreeLanes(uint state, ReadOnlySpan<byte> bytes)
    {
        var first = bytes[..Lane];
        var second = bytes.Slice(Lane, Lane);
        var third = bytes.Slice(2 * Lane, Lane);
        var (a, b, c) = (state, 0u, 0u);
        for (var at = 0; at <= Lane - 8; at += 8)
        {
            a = BitOperations.Crc32C(a, BinaryPrimitives.ReadUInt64LittleEndian(first[at..]));
            b = BitOperations.Crc32C(b, BinaryPrimitives.ReadUInt64LittleEndian(second[at..]));
            c = BitOperations.Crc32C(c, BinaryPrimitives.ReadUInt64LittleEndian(third[at..]));
        }

        return (uint)OneLane.Apply(OneLane.Apply(a) ^ b) ^ c;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint OneByOne(uint state, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            state = BitOperations.Crc32C(state, value);
        }

        return state;
    }
}
