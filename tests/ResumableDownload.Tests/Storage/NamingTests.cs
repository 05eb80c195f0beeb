using ResumableDownload.Integrity;
using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>In a folder the server names the file, and the caller says what becomes of one that has the name.</summary>
public sealed class NamingTests
{
    private const int Length = 3000;

    private const string Named = "/volume/named.bin";

    private static readonly byte[] Old = [1, 2, 3];

    private readonly StorageBench _bench = new() { Paths = SidecarPaths.InFolder("/volume", "url.bin", Bench.NewTarget()) };

    private byte[] Whole => _bench.Content[..Length];

    [Theory]
    [InlineData(ExistingDestination.Replace)]
    [InlineData(ExistingDestination.Fail)]
    [InlineData(ExistingDestination.Number)]
    public async Task The_servers_name_counts_and_a_file_of_the_addresss_name_is_not_touched(ExistingDestination existing)
    {
        _bench.Existing = existing;
        _bench.Disk.Put(_bench.Target, Old);
        Assert.Equal(Named, await CommitAsync("named.bin"));
        Assert.Equal([Named, _bench.Target], _bench.Disk.Names);
        Assert.Equal(Whole, _bench.Disk.Bytes(Named));
        Assert.Equal(Old, _bench.Disk.Bytes(_bench.Target));
    }

    [Fact]
    public async Task Without_a_name_from_the_server_that_of_the_address_counts()
    {
        Assert.Equal("/volume/url.bin", await CommitAsync(null));
        Assert.Equal(["/volume/url.bin"], _bench.Disk.Names);
    }

    [Fact]
    public async Task A_destination_that_is_told_keeps_its_name_whatever_the_server_calls_the_file()
    {
        var bench = new StorageBench();
        using var file = await WholeAsync(bench, "named.bin");
        Assert.Equal(bench.Target, await file.CommitAsync(Length, null, CancellationToken.None));
        Assert.Equal([bench.Target], bench.Disk.Names);
    }

    [Fact]
    public async Task A_file_of_the_name_may_be_replaced()
    {
        _bench.Disk.Put(Named, Old);
        Assert.Equal(Named, await CommitAsync("named.bin"));
        Assert.Equal(Whole, _bench.Disk.Bytes(Named));
        Assert.Equal([Named], _bench.Disk.Names);
    }

    [Fact]
    public async Task A_file_of_the_name_that_must_stay_fails_the_download_before_its_first_byte_and_what_was_kept_stays()
    {
        _bench.Existing = ExistingDestination.Fail;
        using (var file = await _bench.BeginNamedAsync("first.bin", Length))
        {
            await _bench.WriteAsync(file, 0, 2000);
        }

        _bench.Disk.Put(Named, Old);
        using (var file = await _bench.OpenAsync())
        {
            var next = StorageBench.Representation("\"v2\"", Length) with { FileName = "named.bin" };
            var failure = await Assert.ThrowsAsync<DownloadException>(() => file.BeginAsync(next, "https://host/", OriginTraits.None, CancellationToken.None).AsTask());
            Assert.Equal(DownloadFailure.DestinationExists, failure.Failure);
        }

        Assert.Equal(Old, _bench.Disk.Bytes(Named));
        using var again = await _bench.OpenAsync();
        Assert.Equal((2000, "\"v1\""), (again.Kept!.Received.Length, again.Kept.Representation.Validator.EntityTag));
    }

    [Fact]
    public async Task A_file_of_the_name_that_must_stay_fails_a_download_that_goes_on_before_it_asks()
    {
        _bench.Existing = ExistingDestination.Fail;
        using (var file = await _bench.BeginNamedAsync("named.bin", Length))
        {
            await _bench.WriteAsync(file, 0, 2000);
        }

        _bench.Disk.Put(Named, Old);
        var failure = await Assert.ThrowsAsync<DownloadException>(() => _bench.OpenAsync());
        Assert.Equal(DownloadFailure.DestinationExists, failure.Failure);
        Assert.Equal(2000, _bench.Claims().Received.Length);
        _bench.Disk.Delete(Named);
        using var again = await _bench.OpenAsync();
        Assert.Equal(2000, again.Kept?.Received.Length);
    }

    [Fact]
    public async Task A_file_that_gets_the_name_meanwhile_stays_and_so_does_what_was_received()
    {
        _bench.Existing = ExistingDestination.Fail;
        using var file = await WholeAsync(_bench, "named.bin");
        _bench.Disk.Put(Named, Old);
        var failure = await Assert.ThrowsAsync<DownloadException>(() => file.CommitAsync(Length, null, CancellationToken.None).AsTask());
        Assert.Equal(DownloadFailure.DestinationExists, failure.Failure);
        Assert.Equal(Old, _bench.Disk.Bytes(Named));
        Assert.Equal(Whole, _bench.Disk.Bytes(_bench.Paths.Partial));
    }

    [Theory]
    [InlineData(ExistingDestination.Replace)]
    [InlineData(ExistingDestination.Fail)]
    public async Task A_folder_of_the_name_fails_the_download_before_its_first_byte(ExistingDestination existing)
    {
        _bench.Existing = existing;
        _bench.Disk.CreateFolder(Named);
        var failure = await Assert.ThrowsAsync<DownloadException>(() => _bench.BeginNamedAsync("named.bin", Length));
        Assert.Equal(DownloadFailure.DestinationUnusable, failure.Failure);
        Assert.Contains(Named, failure.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Disk.Names);
    }

    [Fact]
    public async Task A_folder_of_the_addresss_name_is_in_nobodys_way()
    {
        _bench.Disk.CreateFolder(_bench.Target);
        Assert.Equal(Named, await CommitAsync("named.bin"));
    }

    [Theory]
    [InlineData(ExistingDestination.Replace)]
    [InlineData(ExistingDestination.Number)]
    public async Task The_name_is_known_to_the_run_that_goes_on(ExistingDestination existing)
    {
        _bench.Existing = existing;
        using (var file = await _bench.BeginNamedAsync("named.bin", Length))
        {
            await _bench.WriteAsync(file, 0, 2000);
        }

        using var next = await _bench.OpenAsync();
        await _bench.WriteAsync(next, 2000, Length);
        Assert.Equal(Named, await next.CommitAsync(Length, null, CancellationToken.None));
        Assert.Equal([Named], _bench.Disk.Names);
    }

    [Theory]
    [InlineData("../../etc/passwd", "/volume/passwd")]
    [InlineData("/etc/passwd", "/volume/passwd")]
    [InlineData("..\\..\\boot.ini", "/volume/boot.ini")]
    [InlineData("..", "/volume/url.bin")]
    [InlineData("", "/volume/url.bin")]
    [InlineData(".profile", "/volume/profile")]
    [InlineData("a\0b", "/volume/ab")]
    [InlineData("x.partial.checkpoint", "/volume/x.partial.checkpoint_")]
    public async Task A_hostile_name_in_a_journal_does_not_leave_the_folder(string name, string expected)
    {
        var lines = new[] { $"{{'length':{Length}", RunLine() };
        var header = ForgedJournal.Header with { Resource = _bench.Resource, Name = name };
        _bench.Disk.Put(_bench.Paths.Journal, ForgedJournal.Of(header, lines));
        _bench.Disk.Put(_bench.Paths.Partial, Whole);

        using var file = await _bench.OpenAsync();
        Assert.Equal(expected, await file.CommitAsync(Length, null, CancellationToken.None));
        Assert.Equal([expected], _bench.Disk.Names);
    }

    [Fact]
    public async Task A_hostile_target_in_a_journal_is_not_looked_at()
    {
        _bench.Disk.Put("/secret", Whole);
        _bench.Disk.Put(_bench.Paths.Journal, ForgedJournal.Of(ForgedJournal.Header with { Resource = _bench.Resource }, $"{{'length':{Length}", RunLine(), "{'target':'../secret'"));
        var opened = await _bench.OpenedAsync();
        opened.File.Dispose();
        Assert.Null(opened.Recovered);
        Assert.Equal(0, _bench.Disk.BytesRead("/secret"));
    }

    /// <summary>A commit was killed before its rename; then a folder got the name that it had noted.</summary>
    [Fact]
    public async Task A_folder_of_the_noted_name_does_not_end_the_download_for_ever()
    {
        _bench.Existing = ExistingDestination.Number;
        _bench.Disk.Before = static call => _ = call.Is(DiskOperation.Rename, Named) ? throw DiskError.Broken() : 0;
        await Assert.ThrowsAsync<DownloadException>(() => CommitAsync("named.bin"));
        _bench.Disk.Before = null;
        _bench.Disk.CreateFolder(Named);

        using var file = await _bench.OpenAsync();

        Assert.Equal(Length, file.Kept?.Received.Length);
        Assert.Equal("/volume/named (1).bin", await file.CommitAsync(Length, null, CancellationToken.None));
    }

    /// <summary>A commit was killed between its two steps; then another resource comes to the same destination.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_resource_does_not_write_into_what_a_killed_commit_has_published(bool isNumbered)
    {
        var bench = new StorageBench { Existing = isNumbered ? ExistingDestination.Number : ExistingDestination.Fail };
        if (isNumbered)
        {
            bench.Disk.Put(bench.Target, Old);
        }

        SimulatedDisk? moment = null;
        using (var file = await WholeAsync(bench, null))
        {
            bench.Disk.Before = call => moment = call.Is(DiskOperation.Delete, bench.Paths.Partial) ? bench.Disk.AfterKill() : moment;
            await file.CommitAsync(Length, null, CancellationToken.None);
        }

        var published = Assert.Single(moment!.Names, path => path.EndsWith(".bin", StringComparison.Ordinal) && moment.LengthOf(path) == Length);
        var next = new StorageBench(bench.Target) { Disk = moment, Existing = isNumbered ? ExistingDestination.Number : ExistingDestination.Replace, Resource = "sha256:other" };
        using var other = await next.BeginAsync("\"v2\"", 500);
        await other.WriteAsync(0, new byte[500], CancellationToken.None);

        Assert.Equal(Whole, moment.Bytes(published));
    }

    private string RunLine() => $"{{'at':0,'len':{Length},'sum':'{Crc32C.Of(Whole):x8}'";

    private static async Task<PartialFile> WholeAsync(StorageBench bench, string? name)
    {
        var file = await bench.BeginNamedAsync(name, Length);
        await bench.WriteAsync(file, 0, Length);
        return file;
    }

    private async Task<string> CommitAsync(string? name)
    {
        using var file = await WholeAsync(_bench, name);
        return await file.CommitAsync(Length, null, CancellationToken.None);
    }
}
