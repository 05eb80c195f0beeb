namespace ResumableDownload.IntegrationTests;

/// <summary>A disk that fills up while several connections write to it.</summary>
public sealed class SegmentDiskTests
{
    [RootFact]
    public async Task A_disk_that_fills_up_ends_the_download_and_it_goes_on_when_there_is_room()
    {
        await using var scene = Many.Scene();
        using var mount = new TmpfsMount(scene.Folder["mount"], "size=16m");
        var request = new DownloadRequest(scene.Origin.Url, mount["file.bin"]);
        var filler = new Many.Trigger(static report => report.Received > 3 * Many.MiB, () => Fill(mount["other.bin"]));

        var failure = await Assert.ThrowsAsync<DownloadException>(() => scene.HurryAsync(request, filler));

        Assert.Equal(DownloadFailure.DiskFull, failure.Failure);
        Assert.InRange(failure.Kept, 2 * Many.MiB, 8 * Many.MiB);
        Assert.NotEmpty(scene.Ranges());
        Assert.False(File.Exists(mount["file.bin"]));
        File.Delete(mount["other.bin"]);

        var result = await scene.HurryAsync(request);

        Scene.AssertSame(scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync(mount["file.bin"]));
        Assert.Equal(failure.Kept, result.ResumedFrom);
        Assert.Empty(result.StartedOver);
    }

    // All but a little of what is free now.
    private static void Fill(string path)
    {
        using var file = File.Create(path);
        var room = new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace - (2 * Many.MiB);
        var bytes = new byte[64 * 1024];
        for (var written = 0L; written < room; written += bytes.Length)
        {
            file.Write(bytes);
        }
    }
}
