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
    public async Task A_disk_that_fills_up_in_the_middle_ends_the_download_with_what_is_missing_and_it_goes_on_when_there_is_room()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        using var mount = new TmpfsMount(scene.Folder["mount"], "size=8m");
        scene.Origin.Otherwise = Conduct.Serve with { Pieces = (16_384, TimeSpan.FromMilliseconds(10)) };
        var filler = new Many.Trigger(static report => report.Received > 100_000, () => Fill(mount["other.bin"], but: 1_000_000));

        var failure = await Assert.ThrowsAsync<DownloadException>(() => scene.DownloadAsync(To(scene, mount), filler));

        Assert.Equal(DownloadFailure.DiskFull, failure.Failure);
        Assert.InRange(failure.Kept, 100_000, Length - 1);
        Assert.Contains($": {Length - failure.Kept} bytes are missing", failure.Message, StringComparison.Ordinal);
        File.Delete(mount["other.bin"]);

        var result = await scene.DownloadAsync(To(scene, mount));

        Scene.AssertSame(scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync(mount["file.bin"]));
        Assert.Equal(failure.Kept, result.ResumedFrom);
    }

    [RootFact]
    public async Task A_disk_without_room_for_another_journal_keeps_the_one_that_is_there()
    {
        // What is kept was damaged, so the journal is to be written anew without it.
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(1_500_000), Conduct.Refuse(404)) { Options = { VerifyPartial = PartialVerification.Full } };
        using var mount = new TmpfsMount(scene.Folder["mount"], "size=4m");
        await scene.FailAsync(To(scene, mount));
        Damage(mount["file.bin.partial"], at: 1_499_000);
        var journal = await File.ReadAllBytesAsync(mount["file.bin.partial.checkpoint"]);
        Fill(mount["other.bin"], but: 0);

        var failure = await scene.FailAsync(To(scene, mount));

        Assert.Equal((DownloadFailure.DiskFull, 2), (failure.Failure, scene.Requests.Count));
        Assert.Equal(journal, await File.ReadAllBytesAsync(mount["file.bin.partial.checkpoint"]));
        Assert.False(File.Exists(mount["file.bin.partial.checkpoint.new"]));
        File.Delete(mount["other.bin"]);

        var result = await scene.DownloadAsync(To(scene, mount));

        Scene.AssertSame(scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync(mount["file.bin"]));
        Assert.InRange(result.ResumedFrom, 0, 1_499_000);
    }

    [RootFact]
    public async Task A_disk_that_is_full_when_the_last_byte_is_there_gets_the_file_all_the_same()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Options = { FinalCheck = FinalCheck.Always } };
        using var mount = new TmpfsMount(scene.Folder["mount"], "size=4m");
        scene.Origin.Then(Conduct.Serve, Conduct.Serve with { First = () => Fill(mount["other.bin"], but: 0) });

        await scene.DownloadAsync(To(scene, mount));

        // What is free now was the journal's.
        Assert.InRange(new DriveInfo(mount["."]).AvailableFreeSpace, 0, 4096);
        Scene.AssertSame(scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync(mount["file.bin"]));
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

    // All that is free now, but so many bytes.
    private static void Fill(string path, long but)
    {
        using var file = File.Create(path, bufferSize: 1);
        var bytes = new byte[4096];
        for (var room = new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace - but; room > 0; room -= bytes.Length)
        {
            file.Write(bytes);
        }
    }

    private static void Damage(string path, long at)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = at;
        var old = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)~old);
    }

    private static DownloadRequest To(Scene scene, TmpfsMount mount) => new(scene.Origin.Url, mount["file.bin"]);
}
