namespace ResumableDownload.Integrity;

/// <summary>A shift by one fixed number of zero bytes, prepared as tables.</summary>
internal sealed class Crc32CShift
{
    private readonly uint[] _table = new uint[4 * 256];

    public Crc32CShift(long zeroBytes)
    {
        var power = Crc32CPolynomial.PowerOfX(zeroBytes);
        for (var index = 0; index < _table.Length; index++)
        {
            _table[index] = Crc32CPolynomial.Multiply(power, (uint)(index & 255) << (8 * (index >> 8)));
        }
    }

    public uint Apply(uint state) =>
        _table[state & 255] ^ _table[256 + ((state >> 8) & 255)] ^ _table[512 + ((state >> 16) & 255)] ^ _table[768 + (state >> 24)];
}
