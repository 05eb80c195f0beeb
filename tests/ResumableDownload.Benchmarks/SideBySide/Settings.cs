using System.Globalization;

namespace ResumableDownload.Benchmarks.SideBySide;

/// <summary>What the command line may change.</summary>
/// <param name="Rounds">Counted rounds.</param>
/// <param name="Size">Bytes of the file.</param>
/// <param name="Connections">Numbers of connections to try.</param>
internal sealed record Settings(int Rounds, long Size, IReadOnlyList<int> Connections)
{
    /// <summary>The contenders to run; all where it is empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>These settings with what the words say: --rounds 7 --size 256M --connections 1,4 --only curl,ours.</summary>
    public Settings With(ReadOnlySpan<string> words) => words switch
    {
        [] => this,
        ["--rounds", var value, .. var rest] => (this with { Rounds = Number(value) }).With(rest),
        ["--size", var value, .. var rest] => (this with { Size = Bytes(value) }).With(rest),
        ["--connections", var value, .. var rest] => (this with { Connections = [.. value.Split(',').Select(Number)] }).With(rest),
        ["--only", var value, .. var rest] => (this with { Only = value.Split(',') }).With(rest),
        _ => throw new FormatException($"'{words[0]}' is not understood, or has no value."),
    };

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);

    private static long Bytes(string value) => "KMG".IndexOf(value[^1]) is var power and >= 0 ? Number(value[..^1]) * (1L << (10 * (power + 1))) : Number(value);
}
