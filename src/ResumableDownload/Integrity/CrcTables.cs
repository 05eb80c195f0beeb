using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ResumableDownload.Integrity;

/// <summary>A reflected CRC of up to 64 bits by tables, sixteen bytes at a time.</summary>
internal sealed class CrcTables
{
    private const int Stride = 16;

    /// <summary>For each place in a stride, what each byte there does to the state at the stride's end.</summary>
    private readonly ulong[] _table = new ulong[Stride * 256];

    public CrcTables(CrcPolynomial polynomial)
    {
        for (var place = 0; place < Stride; place++)
        {
            var power = polynomial.PowerOfX(Stride - place);
            for (var value = 0; value < 256; value++)
            {
                _table[(256 * place) + value] = polynomial.Multiply(power, (ulong)value);
            }
        }
    }

    // Hot from the first byte: a first tier without optimization would cost as much as the rest of a whole GiB.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong Run(ulong state, ReadOnlySpan<byte> bytes)
    {
        var table = _table.AsSpan(0, Stride * 256);
        for (; bytes.Length >= Stride; bytes = bytes[Stride..])
        {
            state = Half(table[..2048], state ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes))
                ^ Half(table.Slice(2048, 2048), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
        }

        foreach (var value in bytes)
        {
            state = (state >> 8) ^ table[(15 * 256) + (byte)(state ^ value)];
        }

        return state;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Half(ReadOnlySpan<ulong> table, ulong word) =>
        table[(byte)word]
        ^ table[256 + (byte)(word >> 8)]
        ^ table[512 + (byte)(word >> 16)]
        ^ table[768 + (byte)(word >> 24)]
        ^ table[1024 + (byte)(word >> 32)]
        ^ table[1280 + (byte)(word >> 40)]
        ^ table[1536 + (byte)(word >> 48)]
        ^ table[1792 + (int)(word >> 56)];
}
