namespace ResumableDownload.Tests.Seeded;

/// <summary>Where a world's chances come from: for each thing to decide a source of its own, so that the order in which things happen changes none of them.</summary>
internal sealed class Draw(int seed)
{
    public Random For(string what, long number = 0)
    {
        // FNV-1a, as the hash codes of .NET differ from process to process.
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var letter in what)
        {
            hash = (hash ^ letter) * 1_099_511_628_211UL;
        }

        hash = (hash ^ (ulong)number) * 1_099_511_628_211UL;
        hash = (hash ^ (ulong)seed) * 1_099_511_628_211UL;
        return new((int)(hash ^ (hash >> 32)));
    }
}

/// <summary>Words for chances.</summary>
internal static class Chances
{
    public static bool Chance(this Random random, double of) => random.NextDouble() < of;

    public static T Pick<T>(this Random random, params ReadOnlySpan<T> from) => from[random.Next(from.Length)];

    /// <summary>A time up to so many seconds.</summary>
    public static TimeSpan Seconds(this Random random, double most) => TimeSpan.FromMilliseconds((int)(random.NextDouble() * most * 1000));
}
