using System.Net;

namespace ResumableDownload.Tests.Facade;

/// <summary>What goes over the wire, from the first request to the whole file.</summary>
public sealed class ResumeTests : IDisposable
{
    private const string Tag = "ETag: \"v1\"";
    private const string Tag2 = "ETag: \"v2\"";
    private const string Modified = "Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT";
    private const string Date = "Date: Sat, 01 Jun 2024 12:00:00 GMT";

    private readonly TemporaryFolder _folder = new();
    private readonly Origin _origin = new();

    public void Dispose()
    {
        _origin.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_first_request_is_plain()
    {
        _origin.Whole(Origin.First, Tag, Modified, Date);
        var result = await DownloadAsync(Origin.First);
        var asked = Assert.Single(_origin.Requests);
        Assert.Equal(("GET", "plain", "identity"), (asked.Method, asked.Told, asked["Accept-Encoding"]));
        Assert.Equal((1_000_000L, 1_000_000L, 0L, 1), (result.Length, result.Received, result.ResumedFrom, result.Requests));
        Assert.Equal((Tag[6..], Modified[15..]), (result.Validator.EntityTag, result.Validator.LastModified));
        Assert.Equal(["file.bin"], _folder.Names);
    }

    [Theory]
    [InlineData("the strong tag, and not the date beside it", Tag, "If-Range: \"v1\"")]
    [InlineData("a tag without quotes, as it came", "ETag: v1", "If-Range: v1")]
    [InlineData("a tag with a suffix behind its quotes", "ETag: \"v1\"-gzip", "If-Range: \"v1\"-gzip")]
    [InlineData("the date, where there is no tag", "X-None: x", "If-Range: Mon, 01 Jan 2024 00:00:00 GMT")]
    [InlineData("If-Match, for an object store that ignores If-Range", Tag + "|Server: AliyunOSS", "If-Match: \"v1\"")]
    [InlineData("If-Match, for an object store behind a domain of its own", Tag + "|x-oss-request-id: 5", "If-Match: \"v1\"")]
    [InlineData("If-Match, for Azure Blob", Tag + "|x-ms-request-id: 5", "If-Match: \"v1\"")]
    [InlineData("If-Unmodified-Since, for such a store without tags", "Server: AliyunOSS", "If-Unmodified-Since: Mon, 01 Jan 2024 00:00:00 GMT")]
    public async Task After_a_cut_the_rest_is_asked_for_under_one_condition(string why, string fields, string condition)
    {
        string[] head = [.. fields.Split('|'), Modified, Date];
        _origin.Whole(Origin.First, 400_000, head).Part(Origin.First, 400_000, head);
        var result = await DownloadAsync(Origin.First);
        Assert.Equal($"{why}: Range: bytes=400000-; {condition}", $"{why}: {_origin.Requests[1].Told}");
        Assert.Equal((2, 1_000_000L, 0), (result.Requests, result.Fetched, result.StartedOver.Count));
    }

    [Fact]
    public async Task Cut_after_cut_no_byte_is_fetched_twice()
    {
        _origin.Whole(Origin.First, 100_000, Tag).Part(Origin.First, 100_000, 100_001, Tag).Part(Origin.First, 100_001, 999_999, Tag).Part(Origin.First, 999_999, Tag);
        var result = await DownloadAsync(Origin.First);
        Assert.Equal(["plain", "Range: bytes=100000-; If-Range: \"v1\"", "Range: bytes=100001-; If-Range: \"v1\"", "Range: bytes=999999-; If-Range: \"v1\""], Told);
        Assert.Equal((1_000_000L, 1_000_000L), (result.Received, result.Fetched));
    }

    [Theory]
    [InlineData("ETag: W/\"v1\"")]
    [InlineData("ETag: w/\"v1\"")]
    [InlineData("X-None: x")]
    public async Task Without_a_strong_validator_the_whole_is_fetched_again(string field)
    {
        string[] head = field.StartsWith("ETag", StringComparison.Ordinal) ? [field, Modified, Date] : [field];
        _origin.Whole(Origin.First, 400_000, head).Whole(Origin.Second, head);
        var result = await DownloadAsync(Origin.Second);
        Assert.Equal(["plain", "plain"], Told);
        Assert.Equal([StartOverReason.NotResumable], result.StartedOver);
    }

    [Fact]
    public async Task A_changed_file_of_the_same_length_is_never_mixed()
    {
        _origin.Whole(Origin.First, 400_000, Tag).Whole(Origin.Second, 300_000, Tag2).Part(Origin.Second, 300_000, Tag2);
        var result = await DownloadAsync(Origin.Second);
        Assert.Equal(["plain", "Range: bytes=400000-; If-Range: \"v1\"", "Range: bytes=300000-; If-Range: \"v2\""], Told);
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
    }

    [Fact]
    public async Task A_caller_may_choose_If_Match_and_a_412_costs_one_plain_request()
    {
        _origin.Whole(Origin.First, 400_000, Tag).Status(HttpStatusCode.PreconditionFailed).Whole(Origin.Second, Tag2);
        var result = await DownloadAsync(Origin.Second, static options => options.Condition = ResumeCondition.IfMatch);
        Assert.Equal(["plain", "Range: bytes=400000-; If-Match: \"v1\"", "plain"], Told);
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
    }

    [Fact]
    public async Task An_origin_that_refuses_everything_with_412_is_not_asked_for_ever()
    {
        _origin.Whole(Origin.First, 400_000, Tag).Status(HttpStatusCode.PreconditionFailed).Status(HttpStatusCode.PreconditionFailed);
        var failed = await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync(Origin.First, static options => options.Condition = ResumeCondition.IfMatch));
        Assert.Equal((DownloadFailure.Refused, 412, 400_000L), (failed.Failure, failed.StatusCode, failed.Kept));
        Assert.Equal(400_000, ResumableDownloader.Inspect(_folder.File())!.Received);
    }

    [Fact]
    public async Task A_part_of_another_version_is_not_written_and_If_Match_is_used_from_then_on()
    {
        _origin.Whole(Origin.First, 400_000, Tag)
            .Part(Origin.Second, 400_000, Tag2)
            .Whole(Origin.Second, 500_000, Tag2)
            .Part(Origin.Second, 500_000, Tag2);
        var result = await DownloadAsync(Origin.Second);
        Assert.Equal(["plain", "Range: bytes=400000-; If-Range: \"v1\"", "plain", "Range: bytes=500000-; If-Match: \"v2\""], Told);
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
    }

    [Fact]
    public async Task A_server_without_ranges_costs_bytes_but_never_a_start_over()
    {
        _origin.Whole(Origin.First, 400_000, Tag).Whole(Origin.First, 600_000, Tag).Whole(Origin.First, Tag);
        var result = await DownloadAsync(Origin.First);
        Assert.Empty(result.StartedOver);
        Assert.Equal((1_000_000L, 2_000_000L), (result.Received, result.Fetched));
    }

    // One tag for two contents: the kept bytes are compared, and what differs is not continued.
    [Fact]
    public async Task A_tag_that_does_not_move_is_found_out_when_the_whole_comes()
    {
        _origin.Whole(Origin.First, 400_000, Tag).Whole(Origin.Second, Tag).Whole(Origin.Second, Tag2);
        await DownloadAsync(Origin.Second);
        Assert.Equal("plain", _origin.Requests[2].Told);
    }

    [Fact]
    public async Task Another_run_goes_on_from_what_an_earlier_one_kept()
    {
        _origin.Whole(Origin.First, 400_000, Tag, Modified).Status(HttpStatusCode.NotFound);
        var failed = await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync(Origin.First));
        Assert.Equal((DownloadFailure.NotFound, 400_000L), (failed.Failure, failed.Kept));
        Assert.Equal(["file.bin.partial", "file.bin.partial.checkpoint"], _folder.Names);

        _origin.Part(Origin.First, 400_000, Tag, Modified);
        var result = await DownloadAsync(Origin.First);
        Assert.Equal("Range: bytes=400000-; If-Range: \"v1\"", _origin.Requests[^1].Told);
        Assert.Equal((400_000L, 600_000L, 600_000L, 1), (result.ResumedFrom, result.Received, result.Fetched, result.Requests));
        Assert.Equal(["file.bin"], _folder.Names);
    }

    [Fact]
    public async Task What_was_learned_of_an_origin_is_kept_between_runs()
    {
        _origin.Whole(Origin.First, 400_000, Tag, "Server: AliyunOSS").Status(HttpStatusCode.Forbidden);
        await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync(Origin.First));
        _origin.Part(Origin.First, 400_000, Tag);
        await DownloadAsync(Origin.First);
        Assert.Equal("Range: bytes=400000-; If-Match: \"v1\"", _origin.Requests[^1].Told);
    }

    private IEnumerable<string> Told => _origin.Requests.Select(static asked => asked.Told);

    private async Task<DownloadResult> DownloadAsync(byte[] expected, Action<ResumableDownloadOptions>? configure = null)
    {
        using var downloader = _origin.Downloader(configure);
        var result = await downloader.DownloadAsync(new Uri(Origin.Address), _folder.File());
        Assert.Equal(expected, await File.ReadAllBytesAsync(result.Path));
        return result;
    }
}
