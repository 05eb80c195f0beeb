using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Seeded;

/// <summary>What happened in a world, in order. It is written out only when somebody wants to read it.</summary>
internal sealed class WorldStory(FakeTimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<(TimeSpan At, Func<string> Told)> _events = [];

    public void Add(Func<string> told)
    {
        lock (_gate)
        {
            _events.Add((time.Elapsed, told));
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return string.Join(Environment.NewLine, _events.Select(static one => $"{one.At:hh\\:mm\\:ss\\.fffffff} {one.Told()}"));
        }
    }

    /// <summary>What is different in one record from another one of its kind.</summary>
    public static string Difference<T>(T one, T other)
        where T : notnull => string.Join(", ", one.ToString()!.Split(", ").Except(other.ToString()!.Split(", ")).Select(static part => part.Trim(' ', '{', '}')));
}
