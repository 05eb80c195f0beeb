using System.Text;
using ResumableDownload.Model;
using ResumableDownload.Naming;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>A taken name gets a number, and what has the name is never touched.</summary>
public sealed class NumberingTests
{
    private const int Length = 3000;

    private readonly StorageBench _bench = InFolder("film.tar.gz");

    private byte[] Whole => _bench.Content[..Length];

    [Theory]
    [InlineData("/volume/film.tar.gz")]
    [InlineData("/volume/film (1).tar.gz", "film.tar.gz")]
    [InlineData("/volume/film (2).tar.gz", "film.tar.gz", "film (1).tar.gz")]
    [InlineData("/volume/film (1).tar.gz", "film.tar.gz", "film (2).tar.gz")]
    [InlineData("/volume/film.tar.gz", "film (1).tar.gz")]
    public async Task The_first_free_name_is_taken(string expected, params string[] there)
    {
        foreach (var name in there)
        {
            _bench.Disk.Put("/volume/" + name, Encoding.UTF8.GetBytes(name));
        }

        Assert.Equal(expected, await CommitAsync(_bench));

        Assert.Equal(Whole, _bench.Disk.Bytes(expected));
        Assert.Equal([expected], _bench.Disk.Calls.Where(call => call.Operation == DiskOperation.Rename && call.Path != _bench.Paths.Journal).Select(static call => call.Path));
        Assert.All(there, name => Assert.Equal(name, Encoding.UTF8.GetString(_bench.Disk.Bytes("/volume/" + name)!)));
        Assert.Equal(there.Length + 1, _bench.Disk.Names.Length);
    }

    [Fact]
    public async Task A_folder_or_a_read_only_file_in_the_way_is_passed_by()
    {
        _bench.Disk.CreateFolder("/volume/film.tar.gz");
        _bench.Disk.Put("/volume/film (1).tar.gz", [1], isReadOnly: true);
        _bench.Disk.CreateFolder("/volume/film (2).tar.gz");
        Assert.Equal("/volume/film (3).tar.gz", await CommitAsync(_bench));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_destination_that_is_told_is_numbered_too(bool isReadOnly)
    {
        var bench = new StorageBench { Existing = ExistingDestination.Number };
        bench.Disk.Put(bench.Target, [1], isReadOnly);
        var path = await CommitAsync(bench, name: "not this.bin");
        Assert.Equal(bench.Target.Replace(".bin", " (1).bin", StringComparison.Ordinal), path);
        Assert.Equal([1], bench.Disk.Bytes(bench.Target));
    }

    /// <summary>Between the look at a name and the rename to it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_file_that_appears_at_the_last_moment_is_not_overwritten(int times)
    {
        _bench.Disk.Before = call =>
        {
            if (call.Operation == DiskOperation.Rename && call.Path.EndsWith(".gz", StringComparison.Ordinal) && times-- > 0)
            {
                _bench.Disk.Put(call.Path, Encoding.UTF8.GetBytes(call.Path));
            }
        };
        var taken = times;

        Assert.Equal($"/volume/film ({taken}).tar.gz", await CommitAsync(_bench));

        foreach (var path in _bench.Disk.Names.Where(path => path != $"/volume/film ({taken}).tar.gz"))
        {
            Assert.Equal(path, Encoding.UTF8.GetString(_bench.Disk.Bytes(path)!));
        }

        Assert.Equal(taken + 1, _bench.Disk.Names.Length);
    }

    [Fact]
    public async Task Two_commits_to_one_name_at_once_both_survive()
    {
        var other = InFolder("film.tar.gz", _bench.Disk);
        using var first = await WholeAsync(_bench);
        using var second = await WholeAsync(other, seed: 7);
        string? inner = null;
        _bench.Disk.Before = call =>
        {
            if (call.Is(DiskOperation.Rename, "/volume/film.tar.gz"))
            {
                _bench.Disk.Before = null;
                inner = Inline(second.CommitAsync(Length, null, CancellationToken.None));
            }
        };

        var outer = await first.CommitAsync(Length, null, CancellationToken.None);

        Assert.Equal(("/volume/film (1).tar.gz", "/volume/film.tar.gz"), (outer, inner));
        Assert.Equal(Whole, _bench.Disk.Bytes(outer));
        Assert.Equal(ContentOf(7), _bench.Disk.Bytes(inner!));
        Assert.Equal(2, _bench.Disk.Names.Length);
    }

    [Fact]
    public async Task The_last_number_is_used_and_after_it_the_download_fails_and_keeps_everything()
    {
        var bench = InFolder("f");
        bench.Disk.PutAll(Enumerable.Range(0, 9999).Select(static number => "/volume/" + NumberedName.Of("f", number)));
        Assert.Equal("/volume/f (9999)", await CommitAsync(bench));

        var next = InFolder("f", bench.Disk);
        using var file = await WholeAsync(next);
        var failure = await Assert.ThrowsAsync<DownloadException>(() => file.CommitAsync(Length, null, CancellationToken.None).AsTask());
        Assert.Equal((DownloadFailure.DestinationExists, "All numbered names of '/volume/f' are taken"), (failure.Failure, failure.Message));
        Assert.Equal((Length, Length), ((int)next.Claims().Received.Length, next.Disk.LengthOf(next.Paths.Partial)));
    }

    [Theory]
    [InlineData("x", 255, "")]
    [InlineData("x", 248, ".tar.gz")]
    [InlineData("\u65e5", 83, ".bin")]
    public async Task The_longest_names_are_numbered_within_what_a_file_system_allows(string unit, int count, string extension)
    {
        var name = string.Concat(Enumerable.Repeat(unit, count)) + extension;
        HashSet<string> paths = new(StringComparer.Ordinal);
        var disk = _bench.Disk;
        for (var number = 0; number < 12; number++)
        {
            var path = await CommitAsync(InFolder(name, disk));
            Assert.True(paths.Add(path));
            Assert.InRange(Encoding.UTF8.GetByteCount(Path.GetFileName(path)), 240, 255);
            Assert.EndsWith(extension, path, StringComparison.Ordinal);
        }

        Assert.Equal(12, disk.Names.Length);
    }

    /// <summary>On Unix a rename that overwrites nothing is two steps; when the second fails, the first has been done.</summary>
    [Theory]
    [InlineData(nameof(DiskOperation.FlushFolder))]
    [InlineData(nameof(DiskOperation.Delete))]
    public async Task A_rename_that_fails_half_way_makes_no_second_copy(string second)
    {
        var fails = false;
        _bench.Disk.Before = call =>
        {
            fails |= call.Is(DiskOperation.Rename, "/volume/film.tar.gz");
            if (fails && call.Operation == Enum.Parse<DiskOperation>(second))
            {
                throw DiskError.Broken();
            }
        };

        var failure = await Assert.ThrowsAsync<DownloadException>(() => CommitAsync(_bench));
        Assert.Equal(DownloadFailure.Storage, failure.Failure);
        Assert.DoesNotContain("/volume/film (1).tar.gz", _bench.Disk.Names);

        _bench.Disk.Before = null;
        var opened = await _bench.OpenedAsync();
        opened.File.Dispose();
        Assert.Equal("/volume/film.tar.gz", opened.RecoveredPath);
        Assert.Equal(["/volume/film.tar.gz"], _bench.Disk.Names);
        Assert.Equal(Whole, _bench.Disk.Bytes("/volume/film.tar.gz"));
    }

    [Fact]
    public async Task A_rename_that_fails_for_another_reason_is_told_as_what_it_is()
    {
        _bench.Disk.Before = static call => _ = call.Operation == DiskOperation.Rename && call.Path.EndsWith(".gz", StringComparison.Ordinal) ? throw DiskError.Full() : 0;
        var failure = await Assert.ThrowsAsync<DownloadException>(() => CommitAsync(_bench));
        Assert.Equal(DownloadFailure.DiskFull, failure.Failure);
        Assert.Equal(Length, _bench.Claims().Received.Length);
    }

    [Fact]
    public async Task On_the_real_disk_nothing_that_has_the_name_is_overwritten()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("a.bin"));
        File.CreateSymbolicLink(folder.File("a (1).bin"), folder.File("nowhere"));
        File.CreateSymbolicLink(folder.File("a (2).bin"), folder.Path);
        File.WriteAllText(folder.File("a (3).bin"), "precious");
        File.SetAttributes(folder.File("a (3).bin"), FileAttributes.ReadOnly);
        var bench = new StorageBench { Paths = SidecarPaths.InFolder(folder.Path, "u", "r"), Existing = ExistingDestination.Number };
        using (var file = (await PartialFile.OpenAsync(bench.Setup with { Disk = Disk.Physical }, CancellationToken.None)).File)
        {
            await file.BeginAsync(StorageBench.Representation("\"v\"", 3) with { FileName = "a.bin" }, "https://host/", OriginTraits.None, CancellationToken.None);
            await bench.WriteAsync(file, 0, 3);
            Assert.Equal(folder.File("a (4).bin"), await file.CommitAsync(3, null, CancellationToken.None));
        }

        Assert.Equal(bench.Content[..3], File.ReadAllBytes(folder.File("a (4).bin")));
        Assert.Equal(folder.File("nowhere"), new FileInfo(folder.File("a (1).bin")).LinkTarget);
        Assert.Equal("precious", File.ReadAllText(folder.File("a (3).bin")));
        Assert.False(File.Exists(folder.File("nowhere")));
        Assert.Equal(5, Directory.GetFileSystemEntries(folder.Path).Length);
        File.SetAttributes(folder.File("a (3).bin"), FileAttributes.Normal);
    }

    private static StorageBench InFolder(string name, SimulatedDisk? disk = null)
    {
        var bench = new StorageBench { Paths = SidecarPaths.InFolder("/volume", name, Bench.NewTarget()), Existing = ExistingDestination.Number };
        bench.Disk = disk ?? bench.Disk;
        return bench;
    }

    private static byte[] ContentOf(int seed) => ResourceVersion.Random(Length, seed, null).Content;

    private static async Task<PartialFile> WholeAsync(StorageBench bench, int? seed = null, string? name = null)
    {
        var file = await bench.BeginNamedAsync(name, Length);
        await file.WriteAsync(0, seed is { } other ? ContentOf(other) : bench.Content.AsMemory(0, Length), CancellationToken.None);
        return file;
    }

    private static async Task<string> CommitAsync(StorageBench bench, string? name = null)
    {
        using var file = await WholeAsync(bench, name: name);
        return await file.CommitAsync(Length, null, CancellationToken.None);
    }

    // The simulated volume waits for nothing.
    private static T Inline<T>(ValueTask<T> task)
    {
        Assert.True(task.IsCompleted);
        return task.GetAwaiter().GetResult();
    }
}
