namespace ResumableDownload.Integrity;

/// <summary>A reflected CRC of up to 64 bits, without its inversions.</summary>
internal sealed class ReflectedCrc(CrcPolynomial polynomial)
{
    private readonly CrcTables _tables = new(polynomial);
    private readonly CrcFolding _folding = new(polynomial);

    public ulong Run(ulong state, ReadOnlySpan<byte> bytes)
    {
        var folded = CrcFolding.IsSupported ? bytes.Length - (bytes.Length % CrcFolding.Stride) : 0;
        if (folded > 0)
        {
            Span<byte> residue = stackalloc byte[CrcFolding.Residue];
            _folding.Fold(state, bytes[..folded], residue);
            state = _tables.Run(0, residue);
        }

        return _tables.Run(state, bytes[folded..]);
    }
}
