using System.Diagnostics;
using System.Globalization;

namespace ResumableDownload.Tests.Fuzz;

/// <summary>Plays many cases, each of which follows from its seed alone.</summary>
/// <remarks>
/// The environment decides how many: FUZZ_CASES for each test, from the seed FUZZ_SEED on. A case that fails names its seed: with that as FUZZ_SEED, and FUZZ_CASES=1, it is played again.
/// </remarks>
internal sealed class Fuzzing
{
    /// <summary>Far beyond what any case takes, also on a busy machine.</summary>
    private static readonly TimeSpan LongestCase = TimeSpan.FromMinutes(3);

    private static readonly int First = Number("FUZZ_SEED") ?? 1;

    private readonly Lane[] _lanes;
    private readonly int _end;
    private int _last = First - 1;

    private Fuzzing(int lanes, int cases) => (_lanes, _end) = ([.. Enumerable.Range(0, lanes).Select(static _ => new Lane())], First + cases);

    /// <param name="usual">How many cases when nothing else is said.</param>
    /// <param name="play">One case.</param>
    public static Task PlayAsync(int usual, Action<Random> play) => PlayAsync(usual, 1, (_, random) =>
    {
        play(random);
        return Task.CompletedTask;
    });

    /// <param name="usual">How many cases when nothing else is said.</param>
    /// <param name="lanes">How many at once.</param>
    /// <param name="play">One case, and the number of its lane.</param>
    public static Task PlayAsync(int usual, int lanes, Func<int, Random, Task> play) => new Fuzzing(lanes, Number("FUZZ_CASES") ?? usual).PlayAllAsync(play);

    private async Task PlayAllAsync(Func<int, Random, Task> play)
    {
        // Each off this thread: a case that never yields is to be noticed too.
        var all = Task.WhenAll(_lanes.Select((_, lane) => Task.Run(() => PlayLaneAsync(lane, play))));
        while (await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(1))) != all)
        {
            if (Array.Find(_lanes, static lane => Stopwatch.GetElapsedTime(lane.Since) > LongestCase) is { Seed: var seed })
            {
                throw new FuzzFault($"The case of seed {seed} hangs. {Replay(seed)}");
            }
        }

        await all;
    }

    private async Task PlayLaneAsync(int number, Func<int, Random, Task> play)
    {
        while (Interlocked.Increment(ref _last) is var seed && seed < _end)
        {
            (_lanes[number].Seed, _lanes[number].Since) = (seed, Stopwatch.GetTimestamp());
            try
            {
                await play(number, new Random(seed));
            }
            catch (Exception fault)
            {
                throw new FuzzFault($"The case of seed {seed} failed. {Replay(seed)} {fault.Message}", fault);
            }
        }

        _lanes[number].Since = long.MaxValue;
    }

    private static string Replay(int seed) => $"To play it again: FUZZ_SEED={seed} FUZZ_CASES=1.";

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed class Lane
    {
        public int Seed { get; set; }

        public long Since { get; set; } = long.MaxValue;
    }
}

/// <summary>A case that failed, and its seed.</summary>
internal sealed class FuzzFault(string message, Exception? inner = null) : Exception(message, inner);
