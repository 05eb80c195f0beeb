using System.Net;

namespace ResumableDownload.Tests.Facade;

/// <summary>What a caller sees who wants only a part of a resource.</summary>
public sealed class PartTests : IDisposable
{
    private const string Tag = "ETag: \"v1\"";
    private const long Far = 1L << 40;

    private readonly TemporaryFolder _folder = new();
    private readonly Origin _origin = new();

    public void Dispose()
    {
        _origin.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_range_must_hold_something_and_agree_with_the_expected_length()
    {
        Assert.Null(new DownloadRequest(new(Origin.Address), "f").Range);
        Assert.Throws<ArgumentException>(() => new DownloadRequest(new(Origin.Address), "f") { Range = new(5, 5) });
        Assert.Throws<ArgumentException>(() => new DownloadRequest(new(Origin.Address), "f") { Range = new(5, 9), ExpectedLength = 5 });
        Assert.Throws<ArgumentException>(() => new DownloadRequest(new(Origin.Address), "f") { ExpectedLength = 9, Range = new(5, 9) });
        Assert.Equal(4, new DownloadRequest(new(Origin.Address), "f") { ExpectedLength = 4, Range = new(5, 9) }.Range?.Length);
        Assert.Contains(" [5, 9) -> ", new DownloadRequest(new(Origin.Address), "f") { Range = new(5, 9) }.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_far_beyond_any_file_is_fetched_cut_and_resumed_by_its_own_offsets()
    {
        string[] fields = [Tag];
        _origin.Slice(Origin.First[..400_000], Far, "*", fields).Status(HttpStatusCode.NotFound);
        var request = Part(Far, Far + 1_000_000);
        await FailAsync(request);

        var kept = ResumableDownloader.Inspect(request);
        Assert.Equal((400_000L, 1_000_000L, true), (kept?.Received, kept?.Total, kept?.CanResume));

        _origin.Slice(Origin.First[400_000..], Far + 400_000, $"{Far * 2}", fields);
        var result = await DownloadAsync(request);
        Assert.Equal([$"Range: bytes={Far}-{Far + 999_999}", $"Range: bytes={Far + 400_000}-{Far + 999_999}; If-Range: \"v1\""], [_origin.Requests[0].Told, _origin.Requests[^1].Told]);
        Assert.Equal((400_000L, 600_000L), (result.ResumedFrom, result.Fetched));
        Assert.Equal(Origin.First, await File.ReadAllBytesAsync(result.Path));
    }

    // Servers may send less than was asked for (RFC 9110, section 14.2); the first answer too.
    [Fact]
    public async Task A_server_that_sends_little_at_a_time_is_asked_on()
    {
        for (var at = 0; at < 1_000_000; at += 250_000)
        {
            _origin.Slice(Origin.First[at..(at + 250_000)], 5000 + at, "9000000", Tag);
        }

        var result = await DownloadAsync(Part(5000, 1_005_000));
        Assert.Equal((4, 1_000_000L), (result.Requests, result.Fetched));
        Assert.Equal(Origin.First, await File.ReadAllBytesAsync(result.Path));
    }

    [Fact]
    public async Task Another_range_to_the_same_destination_begins_anew()
    {
        _origin.Slice(Origin.First[..400_000], 5000, "9000000", Tag).Status(HttpStatusCode.NotFound);
        await FailAsync(Part(5000, 1_005_000));

        _origin.Slice(Origin.Second, 6000, "9000000", Tag);
        var result = await DownloadAsync(Part(6000, 1_006_000));
        Assert.Equal(0, result.ResumedFrom);
        Assert.Equal(Origin.Second, await File.ReadAllBytesAsync(result.Path));
    }

    [Fact]
    public async Task In_a_folder_two_parts_of_one_resource_are_kept_apart()
    {
        _origin.Slice(Origin.First[..400_000], 5000, "9000000", Tag).Status(HttpStatusCode.NotFound);
        var (one, other) = (Part(5000, 1_005_000, _folder.File("")), Part(6000, 1_006_000, _folder.File("")));
        await FailAsync(one);
        Assert.Equal(400_000, ResumableDownloader.Inspect(one)?.Received);
        Assert.Null(ResumableDownloader.Inspect(other));
        Assert.Null(ResumableDownloader.Inspect(new DownloadRequest(new(Origin.Address), _folder.File(""))));

        _origin.Slice(Origin.First[400_000..], 405_000, "9000000", Tag, "Content-Disposition: attachment; filename=named.bin");
        var result = await DownloadAsync(one);
        Assert.Equal(400_000, result.ResumedFrom);
        Assert.Equal(Origin.First, await File.ReadAllBytesAsync(result.Path));
        Assert.Single(_folder.Names);
    }

    [Fact]
    public async Task A_part_longer_than_the_callers_limit_is_refused_at_the_answer()
    {
        _origin.Slice(Origin.First, 5000, "9000000", Tag);
        using var downloader = _origin.Downloader(static options => options.MaxLength = 999_999);
        var failed = await Assert.ThrowsAsync<DownloadException>(() => downloader.DownloadAsync(Part(5000, 1_005_000)));
        Assert.Equal((DownloadFailure.TooLong, 0L), (failed.Failure, failed.Kept));
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task The_limit_is_for_the_part_and_not_for_the_resource()
    {
        _origin.Slice(Origin.First, 5000, "9000000", Tag);
        using var downloader = _origin.Downloader(static options => options.MaxLength = 1_000_000);
        Assert.Equal(1_000_000, (await downloader.DownloadAsync(Part(5000, 1_005_000))).Length);
    }

    // More than it said, under a head that told less than was asked for: the rest is not believed.
    [Fact]
    public async Task Bytes_behind_a_short_range_are_not_taken_for_what_follows()
    {
        _origin.Body(HttpStatusCode.PartialContent, [.. Origin.First[..400_000], .. Origin.Second[400_000..]], "Content-Range: bytes 5000-404999/9000000", "Transfer-Encoding: chunked", Tag);
        _origin.Slice(Origin.First[400_000..], 405_000, "9000000", Tag);
        var result = await DownloadAsync(Part(5000, 1_005_000));
        Assert.Equal("Range: bytes=405000-1004999; If-Range: \"v1\"", _origin.Requests[^1].Told);
        Assert.Equal(1_000_000, result.Fetched);
        Assert.Equal(Origin.First, await File.ReadAllBytesAsync(result.Path));
    }

    private DownloadRequest Part(long start, long end, string? destination = null) => new(new(Origin.Address), destination ?? _folder.File()) { Range = new(start, end) };

    private async Task<DownloadResult> DownloadAsync(DownloadRequest request)
    {
        using var downloader = _origin.Downloader();
        return await downloader.DownloadAsync(request);
    }

    private async Task FailAsync(DownloadRequest request) => await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync(request));
}
