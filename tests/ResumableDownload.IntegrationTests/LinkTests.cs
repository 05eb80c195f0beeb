using System.Diagnostics;

namespace ResumableDownload.IntegrationTests;

/// <summary>Links in the places of our files, as somebody who may write to the folder can leave them: nothing is written through them.</summary>
public sealed class LinkTests
{
    private const int Length = 300_000;
    private const string Precious = "precious";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_partial_file_that_is_a_link_is_refused_and_not_followed(bool leadsSomewhere)
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        using var elsewhere = new TempFolder();
        var victim = Victim(elsewhere, leadsSomewhere);
        File.CreateSymbolicLink(scene.Partial, victim);

        var failure = await scene.FailAsync();

        Assert.Equal(DownloadFailure.DestinationUnusable, failure.Failure);
        Assert.Contains("is a link", failure.Message, StringComparison.Ordinal);
        Assert.Empty(scene.Requests);
        AssertUntouched(elsewhere, victim, leadsSomewhere);
        Assert.Equal(victim, new FileInfo(scene.Partial).LinkTarget);
    }

    [LinuxFact]
    public async Task A_partial_file_with_another_name_is_not_written_to()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        using var elsewhere = new TempFolder();
        var victim = Victim(elsewhere, isThere: true);
        Link(victim, scene.Partial);

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        AssertUntouched(elsewhere, victim, isThere: true);
    }

    [LinuxFact]
    public async Task What_is_kept_under_another_name_too_is_refused_and_nothing_is_lost()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        using var elsewhere = new TempFolder();
        await scene.LeaveAsync(kept: 100_000);
        Link(scene.Partial, elsewhere["backup"]);
        var before = await File.ReadAllBytesAsync(elsewhere["backup"]);

        var failure = await scene.FailAsync();

        Assert.Equal(DownloadFailure.DestinationUnusable, failure.Failure);
        Assert.Contains("has another name", failure.Message, StringComparison.Ordinal);
        Assert.Empty(scene.Requests);
        Assert.Equal(before, await File.ReadAllBytesAsync(elsewhere["backup"]));

        File.Delete(elsewhere["backup"]);
        Assert.Equal(100_000, (await scene.DownloadAsync()).ResumedFrom);
        scene.AssertHolds(scene.Origin.Resource);
    }

    [LinuxFact]
    public async Task A_published_file_whose_commit_was_killed_between_its_two_steps_is_safe_also_without_its_journal()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Options = { ExistingDestination = ExistingDestination.Number } };
        await scene.DownloadAsync();
        var published = scene.Folder["file (1).bin"];
        File.Move(scene.Destination, published);
        Link(published, scene.Partial);

        await scene.DownloadAsync();

        Assert.Equal([published, scene.Destination], Directory.GetFiles(scene.Folder.Path).Order(StringComparer.Ordinal));
        await File.WriteAllTextAsync(published, "changed by its owner");
        Scene.AssertSame(scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync(scene.Destination));
    }

    [Fact]
    public async Task A_journal_that_is_a_link_is_not_appended_to()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        using var elsewhere = new TempFolder();
        await scene.LeaveAsync(kept: 100_000);
        File.Move(scene.Journal, elsewhere["journal"]);
        File.CreateSymbolicLink(scene.Journal, elsewhere["journal"]);
        var before = await File.ReadAllBytesAsync(elsewhere["journal"]);

        var failure = await scene.FailAsync();

        Assert.Equal(DownloadFailure.DestinationUnusable, failure.Failure);
        Assert.Contains("is a link", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(elsewhere["journal"]));
        Assert.Empty(scene.Requests);

        File.Delete(scene.Journal);
        File.Move(elsewhere["journal"], scene.Journal);
        Assert.Equal(100_000, (await scene.DownloadAsync()).ResumedFrom);
        scene.AssertHolds(scene.Origin.Resource);
    }

    [Theory]
    [InlineData(".partial.checkpoint", true)]
    [InlineData(".partial.checkpoint", false)]
    [InlineData(".partial.checkpoint.new", true)]
    [InlineData(".partial.checkpoint.new", false)]
    public async Task A_link_that_leads_to_no_journal_gives_way_and_is_not_followed(string suffix, bool leadsSomewhere)
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(100_000));
        using var elsewhere = new TempFolder();
        var victim = Victim(elsewhere, leadsSomewhere);
        File.CreateSymbolicLink(scene.Destination + suffix, victim);

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        AssertUntouched(elsewhere, victim, leadsSomewhere);
    }

    [Fact]
    public async Task A_journal_that_is_a_link_to_a_pipe_is_not_waited_for()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        using var elsewhere = new TempFolder();
        using (var mkfifo = Process.Start("mkfifo", [elsewhere["pipe"]]))
        {
            await mkfifo.WaitForExitAsync().WaitAsync(Wait.Limit);
        }

        File.CreateSymbolicLink(scene.Journal, elsewhere["pipe"]);

        Assert.Equal(DownloadFailure.Storage, (await scene.FailAsync()).Failure);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_destination_that_is_a_link_is_replaced_by_the_file_and_not_followed(bool leadsSomewhere)
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(100_000));
        using var elsewhere = new TempFolder();
        var victim = Victim(elsewhere, leadsSomewhere);
        File.CreateSymbolicLink(scene.Destination, victim);

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Null(new FileInfo(scene.Destination).LinkTarget);
        AssertUntouched(elsewhere, victim, leadsSomewhere);
    }

    [Fact]
    public async Task What_is_kept_is_thrown_away_without_what_links_lead_to()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        using var elsewhere = new TempFolder();
        await scene.LeaveAsync(kept: 100_000);
        File.Move(scene.Journal, elsewhere["journal"]);
        File.CreateSymbolicLink(scene.Journal, elsewhere["journal"]);

        Assert.True(ResumableDownloader.Discard(scene.Destination));

        Assert.True(File.Exists(elsewhere["journal"]));
        Assert.Empty(Directory.GetFileSystemEntries(scene.Folder.Path));
    }

    // .NET makes soft links only.
    private static void Link(string file, string name)
    {
        using var ln = Process.Start("ln", [file, name]);
        ln.WaitForExit();
        Assert.Equal(0, ln.ExitCode);
    }

    private static string Victim(TempFolder elsewhere, bool isThere)
    {
        if (isThere)
        {
            File.WriteAllText(elsewhere["victim"], Precious);
        }

        return elsewhere["victim"];
    }

    private static void AssertUntouched(TempFolder elsewhere, string victim, bool isThere)
    {
        Assert.Equal(isThere ? [victim] : [], Directory.GetFileSystemEntries(elsewhere.Path));
        Assert.True(!isThere || File.ReadAllText(victim) == Precious);
    }
}
