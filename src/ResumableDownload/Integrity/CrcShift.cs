namespace ResumableDownload.Integrity;

/// <summary>A shift by one fixed number of zero bytes, prepared as tables.</summary>
internal sealed class CrcShift
{
    private readonly ulong[] _table;

    public CrcShift(CrcPolynomial polynomial, long zeroBytes)
    {
        var power = polynomial.PowerOfX(zeroBytes);
        _table = new ulong[polynomial.Width / 8 * 256];
        for (var index = 0; index < _table.Length; index++)
        {
            _table[index] = polynomial.Multiply(power, (ulong)(index & 255) << (8 * (index >> 8)));
        }
    }

    public ulong Apply(ulong state)
    {
        var shifted = 0UL;
        for (var at = 0; at < _table.Length; at += 256, state >>= 8)
        {
            shifted ^= _table[at + (int)(state & 255)];
        }

        return shifted;
    }
}
