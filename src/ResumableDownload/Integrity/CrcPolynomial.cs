using System.Runtime.CompilerServices;

namespace ResumableDownload.Integrity;

/// <summary>Arithmetic of polynomials over GF(2) modulo the polynomial of one CRC, bits reflected: the highest bit is the coefficient of x^0.</summary>
internal sealed class CrcPolynomial
{
    private readonly ulong _polynomial;

    /// <summary>x^(2^k). Enough for any length in bytes; the powers need not repeat with the width, as x + 1 divides some of the polynomials.</summary>
    private readonly ulong[] _squares = new ulong[3 + 63];

    public CrcPolynomial(ulong polynomial, int width)
    {
        (_polynomial, Width, One) = (polynomial, width, 1UL << (width - 1));
        _squares[0] = One >> 1;
        for (var k = 1; k < _squares.Length; k++)
        {
            _squares[k] = Multiply(_squares[k - 1], _squares[k - 1]);
        }
    }

    /// <summary>How many bits a sum has.</summary>
    public int Width { get; }

    private ulong One { get; }

    /// <summary>Follows a sum by <paramref name="zeroBytes"/> zero bytes, without the inversions of a CRC.</summary>
    public ulong Shift(ulong sum, long zeroBytes) => Multiply(PowerOfX(zeroBytes), sum);

    /// <summary>x to the power of eight times <paramref name="bytes"/>.</summary>
    public ulong PowerOfX(long bytes)
    {
        var power = One;
        for (var bit = 3; bytes > 0; bytes >>= 1, bit++)
        {
            if ((bytes & 1) != 0)
            {
                power = Multiply(_squares[bit], power);
            }
        }

        return power;
    }

    // A long journal is combined while the process is young; without this, most of that time would be spent here.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong Multiply(ulong left, ulong right)
    {
        var polynomial = _polynomial;
        var product = 0UL;
        for (var bit = One; bit != 0; bit >>= 1)
        {
            product ^= (left & bit) != 0 ? right : 0;
            right = (right & 1) != 0 ? (right >> 1) ^ polynomial : right >> 1;
        }

        return product;
    }
}
