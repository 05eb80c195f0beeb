using System.Net;

namespace ResumableDownload.Tests.Facade;

/// <summary>Downloads into a folder: the server or the address names the file, and nothing leaves the folder.</summary>
public sealed class FolderTests : IDisposable
{
    private const string Tag = "ETag: \"v1\"";
    private const string Named = "Content-Disposition: attachment; filename=named.bin";

    private readonly TemporaryFolder _folder = new();
    private readonly Origin _origin = new();

    public void Dispose()
    {
        _origin.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("attachment; filename=\"b.txt\"; filename*=UTF-8''%E4%BD%A0%20%E5%A5%BD.txt", "https://origin.example/a/url.bin", "\u4f60 \u597d.txt")]
    [InlineData("attachment; filename=\"b c.txt\"", "https://origin.example/a/url.bin", "b c.txt")]
    [InlineData("inline; filename=b.txt", "https://origin.example/a/url.bin", "b.txt")]
    [InlineData("attachment", "https://origin.example/a/url%20name.bin?name=other.exe", "url name.bin")]
    [InlineData(null, "https://origin.example/a/url.bin", "url.bin")]
    [InlineData(null, "https://origin.example/a/", "download")]
    [InlineData(null, "https://origin.example", "download")]
    [InlineData("attachment; filename=\"..\"", "https://origin.example/a/url.bin", "url.bin")]
    public async Task The_name_is_the_servers_or_else_that_of_the_address(string? disposition, string address, string expected)
    {
        _origin.Whole(Origin.First, Fields(disposition));
        var result = await DownloadAsync(_folder.File(""), address);
        Assert.Equal(_folder.File(expected), result.Path);
        Assert.Equal([expected], _folder.Names);
        Assert.Equal(Origin.First, await File.ReadAllBytesAsync(result.Path));
    }

    [Theory]
    [InlineData("../../../../tmp/evil.sh", "evil.sh")]
    [InlineData("..\\\\..\\\\evil.sh", "evil.sh")]
    [InlineData("/etc/cron.d/evil", "evil")]
    [InlineData("C:evil.exe", "C_evil.exe")]
    [InlineData("file.txt:stream", "file.txt_stream")]
    [InlineData(".bashrc", "bashrc")]
    [InlineData("NUL.txt", "_NUL.txt")]
    [InlineData("evil.sh. . ", "evil.sh")]
    [InlineData("x.partial", "x.partial_")]
    [InlineData("x.PARTIAL.Checkpoint", "x.PARTIAL.Checkpoint_")]
    public async Task A_hostile_name_stays_in_the_folder_and_harms_nothing(string name, string expected)
    {
        _origin.Whole(Origin.First, Fields($"attachment; filename=\"{name}\""));
        var result = await DownloadAsync(_folder.File(""));
        Assert.Equal(_folder.File(expected), result.Path);
        Assert.Equal([expected], _folder.Names);
    }

    [Theory]
    [InlineData("inner")]
    [InlineData("a/b/c")]
    public async Task A_path_that_ends_with_a_separator_is_a_folder_and_is_made(string folder)
    {
        _origin.Whole(Origin.First, Tag, Named);
        var result = await DownloadAsync(_folder.File(folder) + Path.DirectorySeparatorChar);
        Assert.Equal(Path.Combine(_folder.File(folder), "named.bin"), result.Path);
        Assert.Equal([result.Path], Directory.GetFiles(_folder.File(folder)));
    }

    [Fact]
    public async Task A_path_without_it_is_a_file_as_long_as_no_folder_is_there()
    {
        _origin.Whole(Origin.First, Tag, Named);
        Assert.Equal(_folder.File("inner"), (await DownloadAsync(_folder.File("inner"))).Path);
        Assert.Equal(["inner"], _folder.Names);
    }

    [Fact]
    public async Task A_link_to_a_folder_is_a_folder()
    {
        Directory.CreateDirectory(_folder.File("real"));
        Directory.CreateSymbolicLink(_folder.File("link"), _folder.File("real"));
        _origin.Whole(Origin.First, Tag, Named);
        Assert.Equal(Path.Combine(_folder.File("link"), "named.bin"), (await DownloadAsync(_folder.File("link"))).Path);
        Assert.True(File.Exists(Path.Combine(_folder.File("real"), "named.bin")));
    }

    [Fact]
    public async Task A_file_where_the_folder_should_be_stays_and_nothing_is_asked_for()
    {
        await File.WriteAllTextAsync(_folder.File("inner"), "precious");
        var failed = await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync(_folder.File("inner") + Path.DirectorySeparatorChar));
        Assert.Equal(DownloadFailure.DestinationUnusable, failed.Failure);
        Assert.Equal("precious", await File.ReadAllTextAsync(_folder.File("inner")));
        Assert.Empty(_origin.Requests);
    }

    [Fact]
    public void A_request_keeps_the_separator_at_the_end_of_its_destination()
    {
        var separator = Path.DirectorySeparatorChar;
        Assert.Equal(_folder.File("inner") + separator, Request(_folder.File("inner") + separator).Destination);
        Assert.Equal(_folder.File("inner"), Request(_folder.File("inner")).Destination);
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "inner") + separator, Request("inner" + separator).Destination);
    }

    /// <summary>The name comes from the first answer; a later one that calls the file otherwise changes nothing.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("attachment; filename=\"other.bin\"")]
    [InlineData("attachment; filename=\"../evil\"")]
    public async Task A_second_call_goes_on_and_keeps_the_name(string? disposition)
    {
        await KeepAsync(Request(_folder.File("")), Named);
        Assert.Equal(2, _folder.Names.Count());
        Assert.All(_folder.Names, static name => Assert.StartsWith("file.bin.", name, StringComparison.Ordinal));

        _origin.Part(Origin.First, 400_000, Fields(disposition));
        var result = await DownloadAsync(_folder.File(""));

        Assert.Equal("Range: bytes=400000-; If-Range: \"v1\"", _origin.Requests[^1].Told);
        Assert.Equal((_folder.File("named.bin"), 400_000L, 600_000L), (result.Path, result.ResumedFrom, result.Fetched));
        Assert.Equal(["named.bin"], _folder.Names);
        Assert.Equal(Origin.First, await File.ReadAllBytesAsync(result.Path));
    }

    [Fact]
    public async Task A_changed_file_gets_the_name_of_its_own_answer()
    {
        await KeepAsync(Request(_folder.File("")), Named);
        _origin.Whole(Origin.Second, "ETag: \"v2\"", "Content-Disposition: attachment; filename=second.bin");
        var result = await DownloadAsync(_folder.File(""));
        Assert.Equal(_folder.File("second.bin"), result.Path);
        Assert.Equal(["second.bin"], _folder.Names);
        Assert.Equal(Origin.Second, await File.ReadAllBytesAsync(result.Path));
    }

    [Fact]
    public async Task What_is_kept_is_found_by_the_request_and_by_no_other()
    {
        var request = Request(_folder.File(""));
        Assert.Null(ResumableDownloader.Inspect(request));
        await KeepAsync(request, Named);

        var kept = ResumableDownloader.Inspect(request)!;
        Assert.Equal((400_000L, 1_000_000L, true, Origin.Address), (kept.Received, kept.Total, kept.CanResume, kept.Source));
        Assert.Equal(400_000, new FileInfo(kept.PartialPath).Length);
        Assert.Equal(_folder.File(""), Path.GetDirectoryName(kept.PartialPath));
        Assert.NotNull(ResumableDownloader.Inspect(Request(_folder.File("") + Path.DirectorySeparatorChar)));
        DownloadRequest[] others =
        [
            Request(_folder.File(""), "https://origin.example/other/file.bin"), Request(_folder.File("file.bin")), new(new Uri(Origin.Address), _folder.File("")) { ResourceKey = "k" },
        ];
        Assert.All(others, static other => Assert.Null(ResumableDownloader.Inspect(other)));
        Assert.All(others, static other => Assert.False(ResumableDownloader.Discard(other)));
        Assert.NotNull(ResumableDownloader.Inspect(request));
    }

    [Fact]
    public async Task What_is_kept_can_be_thrown_away_and_whole_files_stay()
    {
        var request = Request(_folder.File(""));
        await File.WriteAllTextAsync(_folder.File("named.bin"), "precious");
        await KeepAsync(request, Named);
        Assert.True(ResumableDownloader.Discard(request));
        Assert.Equal(["named.bin"], _folder.Names);
        Assert.False(ResumableDownloader.Discard(request));
        Assert.Throws<ArgumentNullException>(() => ResumableDownloader.Discard((DownloadRequest)null!));
        Assert.Throws<ArgumentNullException>(() => ResumableDownloader.Inspect((DownloadRequest)null!));
    }

    [Fact]
    public async Task Unfinished_downloads_of_one_name_are_kept_apart()
    {
        var (first, second) = (Request(_folder.File(""), "https://origin.example/1/file.bin"), Request(_folder.File(""), "https://origin.example/2/file.bin"));
        await KeepAsync(first);
        await KeepAsync(second);
        Assert.Equal(4, _folder.Names.Count());
        _origin.Part(Origin.First, 400_000, Tag);
        await DownloadAsync(_folder.File(""), first.Source.AbsoluteUri);
        Assert.Equal(400_000, ResumableDownloader.Inspect(second)?.Received);
        Assert.Equal(3, _folder.Names.Count());
    }

    [Fact]
    public async Task A_mirror_of_another_name_goes_on_with_what_is_kept_under_the_same_key()
    {
        await KeepAsync(new(new Uri(Origin.Address), _folder.File("")) { ResourceKey = "k" });
        var mirror = new DownloadRequest(new Uri("https://mirror.example/t0ken/other.bin"), _folder.File("")) { ResourceKey = "k" };
        Assert.Equal(400_000, ResumableDownloader.Inspect(mirror)?.Received);
        _origin.Part(Origin.First, 400_000, Tag);
        using var downloader = _origin.Downloader();
        var result = await downloader.DownloadAsync(mirror);
        Assert.Equal((_folder.File("other.bin"), 600_000L), (result.Path, result.Fetched));
        Assert.Equal(["other.bin"], _folder.Names);
    }

    [Theory]
    [InlineData(ExistingDestination.Replace, "named.bin", "named.bin")]
    [InlineData(ExistingDestination.Number, "named.bin|named (1).bin", "named (1).bin")]
    public async Task Of_two_files_of_one_name_the_second_replaces_the_first_or_gets_a_number(ExistingDestination existing, string names, string expected)
    {
        _origin.Whole(Origin.First, Tag, Named).Whole(Origin.Second, "ETag: \"w\"", Named);
        await DownloadAsync(_folder.File(""), "https://origin.example/1", existing);
        var result = await DownloadAsync(_folder.File(""), "https://origin.example/2", existing);
        Assert.Equal(_folder.File(expected), result.Path);
        Assert.Equal(names.Split('|').Order(StringComparer.Ordinal), _folder.Names);
        Assert.Equal(Origin.Second, await File.ReadAllBytesAsync(result.Path));
        Assert.Equal(names.Contains('|') ? Origin.First : Origin.Second, await File.ReadAllBytesAsync(_folder.File("named.bin")));
    }

    [Fact]
    public async Task A_file_that_must_stay_fails_the_second_with_nothing_fetched()
    {
        _origin.Whole(Origin.First, Tag, Named).Whole(Origin.Second, "ETag: \"w\"", Named);
        await DownloadAsync(_folder.File(""), "https://origin.example/1", ExistingDestination.Fail);
        var failed = await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync(_folder.File(""), "https://origin.example/2", ExistingDestination.Fail));
        Assert.Equal((DownloadFailure.DestinationExists, 0L), (failed.Failure, failed.Kept));
        Assert.Equal(Origin.First, await File.ReadAllBytesAsync(_folder.File("named.bin")));
        Assert.Equal(["named.bin"], _folder.Names);
    }

    private static string[] Fields(string? disposition) => disposition is null ? [Tag] : [Tag, "Content-Disposition: " + disposition];

    private static DownloadRequest Request(string destination, string address = Origin.Address) => new(new Uri(address), destination);

    private async Task KeepAsync(DownloadRequest request, params string[] fields)
    {
        _origin.Whole(Origin.First, 400_000, [Tag, .. fields]).Status(HttpStatusCode.NotFound);
        using var downloader = _origin.Downloader();
        await Assert.ThrowsAsync<DownloadException>(() => downloader.DownloadAsync(request));
    }

    private async Task<DownloadResult> DownloadAsync(string destination, string address = Origin.Address, ExistingDestination existing = ExistingDestination.Replace)
    {
        using var downloader = _origin.Downloader(options => options.ExistingDestination = existing);
        return await downloader.DownloadAsync(Request(destination, address));
    }
}
