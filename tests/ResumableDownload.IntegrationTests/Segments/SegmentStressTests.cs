using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

/// <summary>Hundreds of small worlds in which anything happens by chance, each from its seed.</summary>
public sealed class SegmentStressTests(ITestOutputHelper output)
{
    private const int Worlds = 240;
    private const int AtOnce = 6;

    /// <summary>Where the seeds begin: other worlds are worth a look now and then.</summary>
    private static readonly int First = int.TryParse(Environment.GetEnvironmentVariable("STRESS_SEED"), out var first) ? first : 0;

    [Fact]
    public async Task In_any_world_a_file_is_one_version_that_was_served_or_the_failure_is_honest()
    {
        var faults = new List<string>();
        var told = new SortedDictionary<string, int>();
        await Parallel.ForAsync(First, First + Worlds, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, _) =>
        {
            await using var world = new StressWorld(seed);
            var fault = await Record.ExceptionAsync(world.LiveAsync);
            lock (told)
            {
                told[world.End] = told.GetValueOrDefault(world.End) + 1;
                if (fault is not null)
                {
                    faults.Add($"Seed {seed} ({world}): {fault}");
                }
            }
        });

        output.WriteLine(string.Join('\n', told.Select(static pair => $"{pair.Key}: {pair.Value}")));
        Assert.True(faults.Count == 0, $"{faults.Count} of {Worlds} worlds went wrong.\n{string.Join("\n\n", faults)}");
    }
}
