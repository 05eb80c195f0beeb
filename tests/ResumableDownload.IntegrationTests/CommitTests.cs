namespace ResumableDownload.IntegrationTests;

/// <summary>A commit is a rename and then the deletion of the journal. These tests begin between the two.</summary>
public sealed class CommitTests
{
    private const int Length = 500_000;

    [Fact]
    public async Task A_commit_that_was_cut_off_after_its_rename_is_finished_without_a_request()
    {
        await using var scene = await RenamedAsync();

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((0, Length, 0), (result.Requests, result.Length, result.Fetched));
        Assert.Empty(scene.Requests);
    }

    [Fact]
    public async Task A_destination_that_is_not_what_the_journal_says_is_fetched_again()
    {
        await using var scene = await RenamedAsync();
        await File.WriteAllBytesAsync(scene.Destination, Resource.Content(9, Length));

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal(Length, scene.Origin.BodyBytesSent);
    }

    [Fact]
    public async Task A_commit_that_another_download_is_just_finishing_is_its_own_affair()
    {
        await using var scene = await RenamedAsync();
        using (File.Open(scene.Destination, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            // Its lock went along with the rename; the name of the partial file is free again.
            Assert.Equal(DownloadFailure.InUse, (await scene.FailAsync()).Failure);
        }

        Assert.Empty(scene.Requests);
        await scene.DownloadAsync();
        scene.AssertHolds(scene.Origin.Resource);
    }

    /// <summary>All bytes are here and journaled, and the partial file has got its final name, but the journal is still there.</summary>
    private static async Task<Scene> RenamedAsync()
    {
        var scene = new Scene(Resource.Version(1, Length)) { Options = { ExistingDestination = ExistingDestination.Fail } };

        // A file that appears after the first bytes is in the way of the commit: this leaves a whole partial file and a whole journal.
        scene.Origin.Then(Conduct.CutAt(Length / 2), Conduct.Serve with { First = () => File.WriteAllText(scene.Destination, "in the way") });
        Assert.Equal(DownloadFailure.DestinationExists, (await scene.FailAsync()).Failure);
        File.Move(scene.Partial, scene.Destination, overwrite: true);
        scene.Options.ExistingDestination = ExistingDestination.Replace;
        scene.Origin.Forget();
        return scene;
    }
}
