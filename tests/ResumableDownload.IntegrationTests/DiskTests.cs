namespace ResumableDownload.IntegrationTests;

/// <summary>Places that cannot be written, and names that are hard to write.</summary>
public sealed class DiskTests
{
    private const int Length = 300_000;

    [Fact]
    public async Task A_folder_gets_the_file_and_gives_way_to_none()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        var folder = Directory.CreateDirectory(scene.Destination);
        var name = Path.GetFileName(scene.Origin.Url.LocalPath);

        var result = await scene.DownloadAsync();

        Assert.Equal(Path.Combine(folder.FullName, name), result.Path);
        Scene.AssertSame(scene.Origin.Resource.Bytes, File.ReadAllBytes(result.Path));
        Assert.Equal([result.Path], Directory.GetFileSystemEntries(folder.FullName));
    }

    [Fact]
    public async Task A_folder_that_bears_the_files_name_is_no_destination()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        var taken = Directory.CreateDirectory(Path.Combine(scene.Destination, Path.GetFileName(scene.Origin.Url.LocalPath)));

        Assert.Equal(DownloadFailure.DestinationUnusable, (await scene.FailAsync()).Failure);

        Assert.Equal([taken.FullName], Directory.GetFileSystemEntries(scene.Destination));
    }

    [Fact]
    public async Task A_file_is_no_folder()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await File.WriteAllTextAsync(scene.Folder["file"], "");

        var failure = await scene.FailAsync(To(scene, scene.Folder["file/inside.bin"]));

        Assert.Equal(DownloadFailure.DestinationUnusable, failure.Failure);
    }

    [Theory]
    [InlineData(".partial")]
    [InlineData(".partial.checkpoint")]
    public async Task A_folder_in_the_place_of_a_sidecar_is_said_to_be_in_the_way(string suffix)
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        Directory.CreateDirectory(scene.Destination + suffix);

        Assert.Equal(DownloadFailure.DestinationUnusable, (await scene.FailAsync()).Failure);

        Assert.Empty(scene.Requests);
        Assert.False(File.Exists(scene.Destination));
    }

    [Fact]
    public async Task A_read_only_file_is_not_replaced()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await File.WriteAllTextAsync(scene.Destination, "old");
        File.SetAttributes(scene.Destination, FileAttributes.ReadOnly);

        Assert.Equal(DownloadFailure.DestinationUnusable, (await scene.FailAsync()).Failure);

        Assert.Empty(scene.Requests);
        Assert.Equal("old", await File.ReadAllTextAsync(scene.Destination));
        File.SetAttributes(scene.Destination, FileAttributes.Normal);
    }

    [RootFact]
    public async Task A_read_only_file_system_is_no_destination()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        using var mount = new TmpfsMount(scene.Folder["mount"], "size=1m");
        mount.MakeReadOnly();

        var failure = await scene.FailAsync(To(scene, mount["file.bin"]));

        Assert.Equal(DownloadFailure.DestinationUnusable, failure.Failure);
        Assert.Empty(scene.Requests);
    }

    [UserFact]
    public async Task A_read_only_folder_is_no_destination()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        var folder = Directory.CreateDirectory(scene.Folder["folder"]);
        Permit(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var failure = await scene.FailAsync(To(scene, Path.Combine(folder.FullName, "file.bin")));

        Permit(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        Assert.Equal(DownloadFailure.DestinationUnusable, failure.Failure);
    }

    [Theory]
    [InlineData("a name with spaces.bin")]
    [InlineData("文件 – naïve 😀.bin")]
    [InlineData("-n.bin")]
    [InlineData("50%25 [x] 'y' \"z\" $(w) *.bin")]
    [InlineData("...")]
    [InlineData("missing/folders/are made.bin")]
    public async Task Any_name_will_do(string name)
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(100_000));

        var result = await scene.DownloadAsync(To(scene, scene.Folder[name]));

        Assert.Equal(scene.Folder[name], result.Path);
        Scene.AssertSame(scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync(scene.Folder[name]));
    }

    [Theory]
    [InlineData("x", 255)]
    [InlineData("文", 85)]
    public async Task The_longest_name_the_file_system_takes_is_taken_or_refused_by_name(string letter, int count)
    {
        // The sidecars' names are longer than the destination's own: 255 bytes are the limit of most file systems.
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(100_000));
        var destination = scene.Folder[string.Concat(Enumerable.Repeat(letter, count))];

        var failure = await Record.ExceptionAsync(() => scene.DownloadAsync(To(scene, destination)));

        if (failure is null)
        {
            Scene.AssertSame(scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync(destination));
            return;
        }

        Assert.Equal(DownloadFailure.DestinationUnusable, Assert.IsType<DownloadException>(failure).Failure);
        Assert.Empty(scene.Requests);
        Assert.Empty(Directory.GetFileSystemEntries(scene.Folder.Path));
    }

    [Fact]
    public async Task A_name_beyond_the_limit_is_refused_before_the_first_request()
    {
        await using var scene = new Scene(Resource.Version(1, Length));

        var failure = await scene.FailAsync(To(scene, scene.Folder[new string('x', 256)]));

        Assert.Equal(DownloadFailure.DestinationUnusable, failure.Failure);
        Assert.Empty(scene.Requests);
    }

    [Fact]
    public async Task A_relative_path_starts_at_the_current_folder()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, scene.Destination);

        var result = await scene.DownloadAsync(To(scene, relative));

        Assert.Equal(scene.Destination, result.Path);
        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task The_files_time_is_the_resources_when_asked_for()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Options = { SetFileTime = true } };

        await scene.DownloadAsync();

        Assert.Equal(Resource.DateOf(1), File.GetLastWriteTimeUtc(scene.Destination).ToString("R", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_files_time_is_now_by_default()
    {
        await using var scene = new Scene(Resource.Version(1, Length));

        await scene.DownloadAsync();

        Assert.InRange(DateTime.UtcNow - File.GetLastWriteTimeUtc(scene.Destination), TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task The_journal_is_for_the_owner_only()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await scene.LeaveAsync(kept: 100_000);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(scene.Journal));
        }
    }

    private static void Permit(DirectoryInfo folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode = mode;
        }
    }

    private static DownloadRequest To(Scene scene, string destination) => new(scene.Origin.Url, destination);
}
