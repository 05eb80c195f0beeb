namespace ResumableDownload.Tests.Seeded;

/// <summary>A law does not hold in a world. Its message is all that is needed to see it again.</summary>
internal sealed class WorldBrokenException(SeededWorld world, Exception why)
    : Exception($"Seed {world.Seed}: {why.Message}{Environment.NewLine}To see it alone: {Seeds.Variable}={world.Seed}{Environment.NewLine}{world.Story}", why)
{
    public int Seed { get; } = world.Seed;
}
