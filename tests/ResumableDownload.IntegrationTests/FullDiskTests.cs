namespace ResumableDownload.IntegrationTests;

/// <summary>A disk that has no room: a small tmpfs, which only root may mount.</summary>
public sealed class FullDiskTests
{
    private const int Length = 3_000_000;

    [RootFact]
    public async Task A_file_that_cannot_fit_is_refused_before_a_byte_is_written()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        using var mount = new TmpfsMount(scene.Folder["mount"], "size=2m");

        var failure = await scene.FailAsync(To(scene, mount));

        Assert.Equal((DownloadFailure.DiskFull, 0, 1), (failure.Failure, failure.Kept, scene.Requests.Count));
        Assert.False(File.Exists(mount["file.bin"]));
    }

    [RootFact]
    public async Task A_disk_that_fills_up_meanwhile_ends_the_download_and_it_goes_on_when_there_is_room()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        using var mount = new TmpfsMount(scene.Folder["mount"], "size=4m");
        // Someone else takes the room after the head was judged: the length is not known, so nothing could be checked.
        scene.Origin.Then(Conduct.Say(answer => answer with { Framing = Framing.Chunked }));
        await File.WriteAllBytesAsync(mount["other.bin"], new byte[2_500_000]);

        var failure = await scene.FailAsync(To(scene, mount));

        Assert.Equal((DownloadFailure.DiskFull, 1), (failure.Failure, scene.Requests.Count));
        Assert.InRange(failure.Kept, 0, 1_700_000);
        File.Delete(mount["other.bin"]);

        var result = await scene.DownloadAsync(To(scene, mount));

        Scene.AssertSame(scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync(mount["file.bin"]));
        Assert.Equal(failure.Kept, result.ResumedFrom);
    }

    [RootFact]
    public async Task A_disk_without_room_for_a_single_byte_is_said_to_be_full()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        using var mount = new TmpfsMount(scene.Folder["mount"], "size=64k");
        await Assert.ThrowsAnyAsync<IOException>(() => File.WriteAllBytesAsync(mount["other.bin"], new byte[100_000]));

        Assert.Equal(DownloadFailure.DiskFull, (await scene.FailAsync(To(scene, mount))).Failure);
        Assert.False(File.Exists(mount["file.bin"]));
    }

    [RootFact]
    public async Task A_disk_without_a_free_name_is_said_to_be_full()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        using var mount = new TmpfsMount(scene.Folder["mount"], "size=8m,nr_inodes=2");

        Assert.Equal(DownloadFailure.DiskFull, (await scene.FailAsync(To(scene, mount))).Failure);
        Assert.False(File.Exists(mount["file.bin"]));
    }

    private static DownloadRequest To(Scene scene, TmpfsMount mount) => new(scene.Origin.Url, mount["file.bin"]);
}
