using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

/// <summary>The stories, told the same way on every server: the bytes are right, or the failure is honest; and nothing goes on for ever.</summary>
internal static class Stories
{
    private const int Length = 3_000_000;
    private const int Half = 1_300_000;
    private const int ALittle = 2_000;

    public static TheoryData<string, Story> On(IEnumerable<Door> doors) =>
        Matrix.Of([.. doors.Select(static door => door.Name)], Enum.GetValues<Story>());

    public static async Task PlayAsync(RealServer server, string door, Story story, ITestOutputHelper output)
    {
        await using var visit = new Visit(server, server.Doors.Single(each => each.Name == door), output);
        await (story switch
        {
            Story.Undisturbed => UndisturbedAsync(visit, Length),
            Story.Empty => UndisturbedAsync(visit, 0),
            Story.Interrupted => InterruptedAsync(visit, Half),
            Story.InterruptedThrice => InterruptedAsync(visit, 200_000, 100_000, 300_000),
            Story.OverwrittenByTheSameLength => ChangedAsync(visit, () => visit.OverwriteAsync(2, Length)),
            Story.Grown => ChangedAsync(visit, () => visit.OverwriteAsync(2, Length + 500_000)),
            Story.Shrunk => ChangedAsync(visit, () => visit.OverwriteAsync(2, Length - 500_000)),
            Story.ShrunkBelowWhatIsKept => ChangedAsync(visit, () => visit.OverwriteAsync(2, Half / 2)),
            Story.Emptied => ChangedAsync(visit, () => visit.OverwriteAsync(2, 0)),
            Story.Replaced => ChangedAsync(visit, () => visit.PublishAsync(2, Length)),
            Story.RolledBack => ChangedAsync(visit, () => visit.PublishAsync(-2, Length)),
            Story.ReplacedAfterALittle => ChangedAsync(visit, () => visit.PublishAsync(2, Length), ALittle),
            Story.ReplacedWheneverTheConnectionBreaks => BrokenAsync(visit),
            Story.OverwrittenWhileItComes => ChangedWhileItComesAsync(visit, Length),
            Story.ShrunkWhileItComes => ChangedWhileItComesAsync(visit, Length - 500_000),
            Story.Gone => GoneAsync(visit),
            _ => throw new ArgumentOutOfRangeException(nameof(story)),
        });
    }

    private static async Task UndisturbedAsync(Visit visit, int length)
    {
        await visit.PublishAsync(1, length);

        var result = await visit.FinishAsync();

        visit.AssertHoldsAVersion();
        Assert.Equal((length, length, 1), (result.Length, result.Fetched, result.Requests));
    }

    private static async Task InterruptedAsync(Visit visit, params IEnumerable<int> pauses)
    {
        await visit.PublishAsync(1, Length);
        foreach (var pause in pauses)
        {
            await visit.PauseAsync(pause);
        }

        var kept = visit.Kept;
        visit.Options.FinalCheck = FinalCheck.Auto;
        var result = await visit.FinishAsync();

        visit.AssertHoldsAVersion();
        Assert.Equal((kept, Length - kept), (result.ResumedFrom, result.Received));
        Assert.Empty(result.StartedOver);
        Assert.Equal((FinalCheckOutcome.Confirmed, 2), (result.FinalCheck, result.Requests));
        Assert.InRange(result.Fetched, Length - kept, Length - kept + 1);
    }

    private static async Task ChangedAsync(Visit visit, Func<Task> change, int after = Half)
    {
        await visit.PublishAsync(1, Length);
        await visit.PauseAsync(after);
        await change();

        await visit.FinishWithAVersionAsync();
    }

    private static async Task BrokenAsync(Visit visit)
    {
        await visit.PublishAsync(1, Length);
        visit.Wire.Then(Half, () => Break(2)).Then(Half / 2, () => Break(3));

        await visit.FinishWithAVersionAsync();

        async Task Break(int version)
        {
            await visit.PublishAsync(version, Length);
            throw new IOException("The connection broke.");
        }
    }

    // Old and new bytes in one answer, of the right length or short: only a question after the last byte can tell.
    private static async Task ChangedWhileItComesAsync(Visit visit, int length)
    {
        await visit.PublishAsync(1, Length);
        visit.Options.FinalCheck = FinalCheck.Always;
        visit.Wire.Then(Half, () => visit.OverwriteAsync(2, length));

        await visit.FinishWithAVersionAsync();
    }

    private static async Task GoneAsync(Visit visit)
    {
        await visit.PublishAsync(1, Length);
        await visit.PauseAsync(Half);
        visit.Withdraw();

        await visit.FinishWithoutTheFileAsync();
    }
}
