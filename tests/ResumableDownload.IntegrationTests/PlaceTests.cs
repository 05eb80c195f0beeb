using System.Diagnostics;

namespace ResumableDownload.IntegrationTests;

/// <summary>The place of a download changes while it runs: it ends with a failure that says so, and goes on once all is as before.</summary>
public sealed class PlaceTests
{
    private const int Length = 500_000;
    private const int Cut = 200_000;

    [Fact]
    public async Task A_folder_that_vanishes_ends_the_download_and_the_next_one_makes_it_again()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        var folder = Directory.CreateDirectory(scene.Folder["folder"]);
        ThenMeanwhile(scene, () => folder.Delete(recursive: true));

        var failure = await scene.FailAsync(Into(scene, folder));

        Assert.Equal((DownloadFailure.Storage, 0), (failure.Failure, failure.Kept));
        Assert.False(folder.Exists);
        await AssertFinishesAsync(scene, folder, resumedFrom: 0);
    }

    [Fact]
    public async Task A_folder_that_is_moved_ends_the_download_and_moved_back_it_goes_on()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        var folder = Directory.CreateDirectory(scene.Folder["folder"]);
        ThenMeanwhile(scene, () => Directory.Move(folder.FullName, scene.Folder["moved"]));

        Assert.Equal(DownloadFailure.Storage, (await scene.FailAsync(Into(scene, folder))).Failure);

        Assert.Equal(["file.bin.partial", "file.bin.partial.checkpoint"], Directory.GetFiles(scene.Folder["moved"]).Select(Path.GetFileName).Order());
        Directory.Move(scene.Folder["moved"], folder.FullName);
        await AssertFinishesAsync(scene, folder, resumedFrom: Length);
    }

    [Fact]
    public async Task A_partial_file_that_is_deleted_is_not_published_and_the_next_run_begins_anew()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        ThenMeanwhile(scene, () => File.Delete(scene.Partial));

        Assert.Equal(DownloadFailure.Storage, (await scene.FailAsync()).Failure);

        Assert.False(File.Exists(scene.Destination));
        Assert.Equal(0, (await scene.DownloadAsync()).ResumedFrom);
        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task A_journal_that_is_deleted_costs_nothing_if_the_download_ends_well()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        ThenMeanwhile(scene, () => File.Delete(scene.Journal));

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task A_destination_that_becomes_a_folder_ends_the_download_and_keeps_all_that_came()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        ThenMeanwhile(scene, () => Directory.CreateDirectory(scene.Destination));

        var failure = await scene.FailAsync();

        Assert.Equal((DownloadFailure.DestinationUnusable, Length), (failure.Failure, failure.Kept));
        Assert.Empty(Directory.GetFileSystemEntries(scene.Destination));
        Directory.Delete(scene.Destination);
        Assert.Equal(Length, (await scene.DownloadAsync()).ResumedFrom);
        scene.AssertHolds(scene.Origin.Resource);
    }

    [RootFact]
    public async Task Another_volume_that_is_mounted_over_the_folder_ends_the_download_and_taken_away_it_goes_on()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        var folder = Directory.CreateDirectory(scene.Folder["folder"]);
        TmpfsMount? mount = null;
        ThenMeanwhile(scene, () => mount = new TmpfsMount(folder.FullName, "size=4m"));

        var failure = await scene.FailAsync(Into(scene, folder));

        Assert.Equal(DownloadFailure.Storage, failure.Failure);
        Assert.Empty(folder.GetFileSystemInfos());
        mount!.Dispose();
        await AssertFinishesAsync(scene, folder, resumedFrom: Length);
    }

    [RootFact]
    public async Task A_folder_that_is_a_link_to_another_volume_gets_the_file_there()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(Cut));
        using var mount = new TmpfsMount(scene.Folder["mount"], "size=4m");
        File.CreateSymbolicLink(scene.Folder["link"], mount["."]);

        await scene.DownloadAsync(new DownloadRequest(scene.Origin.Url, scene.Folder["link/file.bin"]));

        Scene.AssertSame(scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync(mount["file.bin"]));
    }

    [RootFact]
    public async Task A_destination_that_another_file_is_mounted_over_is_not_replaced_and_all_that_came_is_kept()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await File.WriteAllTextAsync(scene.Destination, "old");
        await File.WriteAllTextAsync(scene.Folder["other"], "other");
        ThenMeanwhile(scene, () => Run("mount", "--bind", scene.Folder["other"], scene.Destination));

        var failure = await scene.FailAsync();
        Run("umount", scene.Destination);

        Assert.Equal((DownloadFailure.Storage, Length), (failure.Failure, failure.Kept));
        Assert.Equal(("old", "other"), (await File.ReadAllTextAsync(scene.Destination), await File.ReadAllTextAsync(scene.Folder["other"])));
        Assert.Equal(Length, (await scene.DownloadAsync()).ResumedFrom);
        Scene.AssertSame(scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync(scene.Destination));
    }

    [RootFact]
    public async Task A_folder_that_may_not_be_written_to_is_no_destination()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        var folder = Directory.CreateDirectory(scene.Folder["folder"]);
        Run("chmod", "500", folder.FullName);

        using var demo = Demo.StartBoundByPermissions(scene.Origin.Url, Path.Combine(folder.FullName, "file.bin"));
        var report = await demo.EndAsync();

        Assert.Contains(nameof(DownloadFailure.DestinationUnusable), report.Failure, StringComparison.Ordinal);
        Assert.Empty(scene.Requests);
        Assert.Empty(folder.GetFileSystemInfos());
    }

    [RootFact]
    public async Task A_permission_that_is_lost_ends_the_download_and_given_back_it_goes_on()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        var folder = Directory.CreateDirectory(scene.Folder["folder"]);
        ThenMeanwhile(scene, () => Run("chmod", "500", folder.FullName));

        using var demo = Demo.StartBoundByPermissions(scene.Origin.Url, Path.Combine(folder.FullName, "file.bin"));
        var report = await demo.EndAsync();

        Assert.Contains(nameof(DownloadFailure.DestinationUnusable), report.Failure, StringComparison.Ordinal);
        Assert.Equal(3, scene.Requests.Count);
        Run("chmod", "700", folder.FullName);
        await AssertFinishesAsync(scene, folder, resumedFrom: Length);
    }

    // In the middle of the download, before its second request is answered.
    private static void ThenMeanwhile(Scene scene, Action happens) => scene.Origin.Then(Conduct.CutAt(Cut), Conduct.Serve with { First = happens });

    private static async Task AssertFinishesAsync(Scene scene, DirectoryInfo folder, long resumedFrom)
    {
        var result = await scene.DownloadAsync(Into(scene, folder));

        Assert.Equal(resumedFrom, result.ResumedFrom);
        Scene.AssertSame(scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync(result.Path));
        Assert.Equal([result.Path], Directory.GetFileSystemEntries(folder.FullName));
    }

    private static DownloadRequest Into(Scene scene, DirectoryInfo folder) => new(scene.Origin.Url, Path.Combine(folder.FullName, "file.bin"));

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
