using System.Runtime.CompilerServices;

namespace ResumableDownload.Integrity;

/// <summary>Arithmetic of polynomials over GF(2) modulo the Castagnoli polynomial, bits reflected: bit 31 is the coefficient of x^0.</summary>
internal static class Crc32CPolynomial
{
    private const uint Polynomial = 0x82F63B78;

    private const uint One = 0x80000000;

    /// <summary>x^(2^k). Enough for any length in bytes; the powers repeat with a period of 31, not 32, as x + 1 divides the polynomial.</summary>
    private static readonly uint[] Squares = MakeSquares();

    /// <summary>Follows a sum by <paramref name="zeroBytes"/> zero bytes, without the inversions of a CRC.</summary>
    public static uint Shift(uint sum, long zeroBytes) => Multiply(PowerOfX(zeroBytes), sum);

    /// <summary>x to the power of eight times <paramref name="bytes"/>.</summary>
    public static uint PowerOfX(long bytes)
    {
        var power = One;
        for (var bit = 3; bytes > 0; bytes >>= 1, bit++)
        {
            if ((bytes & 1) != 0)
            {
                power = Multiply(Squares[bit], power);
            }
        }

        return power;
    }

    // A long journal is combined while the process is young; without this, most of that time would be spent here.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Multiply(uint left, uint right)
    {
        var product = 0u;
        for (var bit = One; bit != 0; bit >>= 1)
        {
            product ^= (left & bit) != 0 ? right : 0;
            right = (right & 1) != 0 ? (right >> 1) ^ Polynomial : right >> 1;
        }

        return product;
    }

    private static uint[] MakeSquares()
    {
        var squares = new uint[3 + 63];
        squares[0] = One >> 1;
        for (var k = 1; k < squares.Length; k++)
        {
            squares[k] = Multiply(squares[k - 1], squares[k - 1]);
        }

        return squares;
    }
}
