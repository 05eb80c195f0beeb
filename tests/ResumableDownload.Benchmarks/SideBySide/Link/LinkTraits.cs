using System.Globalization;

namespace ResumableDownload.Benchmarks.SideBySide.Link;

/// <summary>What a link is like.</summary>
/// <param name="RoundTripMs">Round trip in ms, half of it in each direction.</param>
/// <param name="Mbit">Rate from the server to the client, in Mbit/s of Ethernet frames.</param>
/// <param name="LossPercent">Packets from the server that are lost at random, in percent.</param>
internal sealed record LinkTraits(double RoundTripMs, double Mbit, double LossPercent)
{
    private const double Frame = 1514;
    private const double Payload = 1448;

    /// <summary>Packets are lost one by one; without loss they travel gathered, as cards that cut and gather segments let them.</summary>
    public bool IsGathered => LossPercent == 0;

    /// <summary>What may wait before the link: four times what it holds, and never less than 1 MiB.</summary>
    public long QueueBytes => Math.Max(1 << 20, (long)(4 * RoundTripMs / 1e3 * Mbit * 1e6 / 8));

    public double SecondsFor(long bytes) => bytes * Frame / Payload * 8 / (Mbit * 1e6);

    public string[] ToWords() => [.. new[] { RoundTripMs, Mbit, LossPercent }.Select(static value => value.ToString(CultureInfo.InvariantCulture))];

    public static LinkTraits From(string[] words) => new(Number(words[0]), Number(words[1]), Number(words[2]));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mbit:0} Mbit/s, {RoundTripMs} ms, {LossPercent} % loss");

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);
}
