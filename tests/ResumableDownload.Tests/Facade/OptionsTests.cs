using System.Globalization;

namespace ResumableDownload.Tests.Facade;

public sealed class OptionsTests
{
    [Fact]
    public void The_defaults_are_valid()
    {
        using var downloader = new ResumableDownloader();
        using var other = new ResumableDownloader(new ResumableDownloadOptions());
    }

    [Fact]
    public void All_faults_are_named_together()
    {
        var options = new ResumableDownloadOptions
        {
            Condition = (ResumeCondition)9,
            ExistingDestination = (ExistingDestination)9,
            VerifyPartial = (PartialVerification)9,
            MaxAttemptsWithoutProgress = 0,
            RetryDelay = TimeSpan.FromDays(2),
            MaxRetryDelay = TimeSpan.FromTicks(-1),
            MaxRetryAfter = TimeSpan.FromDays(2),
            StallTimeout = TimeSpan.FromMilliseconds(99),
            StallBytes = 0,
            MaxStartOvers = -1,
            StrongDateMargin = TimeSpan.FromMilliseconds(999),
            MaxLength = -1,
            WeakIdentity = (WeakIdentity)9,
            FinalCheck = (FinalCheck)9,
            EvidenceLength = 0,
            MaxConnections = 0,
        };
        var refused = Assert.Throws<ArgumentException>(() => new ResumableDownloader(options));
        Assert.Equal("options", refused.ParamName);
        Assert.All(
            typeof(ResumableDownloadOptions).GetProperties().Where(static property => property.Name is not ("SetFileTime" or "BandwidthLimit" or "UseServerDigests" or "MultiplexSegments" or "ConfigureResilience" or "ResiliencePipeline")),
            property => Assert.Contains($"{property.Name} (", refused.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(nameof(ResumableDownloadOptions.MaxConnections), "1", true)]
    [InlineData(nameof(ResumableDownloadOptions.MaxConnections), "32", true)]
    [InlineData(nameof(ResumableDownloadOptions.MaxConnections), "33", false)]
    [InlineData(nameof(ResumableDownloadOptions.MaxAttemptsWithoutProgress), "1", true)]
    [InlineData(nameof(ResumableDownloadOptions.MaxAttemptsWithoutProgress), "10000", true)]
    [InlineData(nameof(ResumableDownloadOptions.MaxAttemptsWithoutProgress), "10001", false)]
    [InlineData(nameof(ResumableDownloadOptions.RetryDelay), "00:01:00", true)]
    [InlineData(nameof(ResumableDownloadOptions.RetryDelay), "00:01:01", false)]
    [InlineData(nameof(ResumableDownloadOptions.MaxRetryDelay), "1.00:00:00", true)]
    [InlineData(nameof(ResumableDownloadOptions.MaxRetryDelay), "1.00:00:01", false)]
    [InlineData(nameof(ResumableDownloadOptions.MaxRetryAfter), "00:00:00", true)]
    [InlineData(nameof(ResumableDownloadOptions.StallTimeout), "00:00:00.1", true)]
    [InlineData(nameof(ResumableDownloadOptions.StrongDateMargin), "00:00:01", true)]
    [InlineData(nameof(ResumableDownloadOptions.StrongDateMargin), "1.00:00:01", false)]
    [InlineData(nameof(ResumableDownloadOptions.MaxStartOvers), "0", true)]
    [InlineData(nameof(ResumableDownloadOptions.MaxStartOvers), "1001", false)]
    public void The_edges_are_as_documented(string name, string value, bool isValid)
    {
        var options = new ResumableDownloadOptions();
        var property = typeof(ResumableDownloadOptions).GetProperty(name)!;
        property.SetValue(options, property.PropertyType == typeof(TimeSpan) ? TimeSpan.Parse(value, CultureInfo.InvariantCulture) : int.Parse(value, CultureInfo.InvariantCulture));
        var refused = Record.Exception(() => new ResumableDownloader(options).Dispose());
        Assert.Equal(isValid, refused is null);
        Assert.True(isValid || refused!.Message.Contains(name, StringComparison.Ordinal), refused?.Message);
    }

    [Fact]
    public async Task Options_are_copied_so_that_later_changes_have_no_effect()
    {
        using var folder = new TemporaryFolder();
        using var origin = new Origin().Whole(Origin.First, 400_000, "ETag: \"v1\"").Part(Origin.First, 400_000, "ETag: \"v1\"");
        ResumableDownloadOptions? given = null;
        using var downloader = origin.Downloader(options => given = options);
        given!.Condition = ResumeCondition.IfMatch;
        given.MaxLength = 1;
        given.MaxAttemptsWithoutProgress = -1;
        await downloader.DownloadAsync(new Uri(Origin.Address), folder.File());
        Assert.Equal("\"v1\"", origin.Requests[1]["If-Range"]);
        Assert.Equal((ResumeCondition.IfMatch, 1L, -1), (given.Condition, given.MaxLength, given.MaxAttemptsWithoutProgress));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_limit_of_nothing_is_no_limit_that_can_be(long rate)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BandwidthLimit(rate));
        var limit = new BandwidthLimit(5);
        Assert.Throws<ArgumentOutOfRangeException>(() => limit.BytesPerSecond = rate);
        Assert.Equal(5, limit.BytesPerSecond);
    }

    [Fact]
    public void A_limit_reaches_the_download_and_none_is_none()
    {
        var request = new DownloadRequest(new Uri(Origin.Address), "file");
        var limit = new BandwidthLimit(5);
        var pipeline = RunSettings.Pipeline(new(), TimeProvider.System);
        Assert.Equal([limit], RunSettings.Of(new() { BandwidthLimit = limit }, request, pipeline, null).Bandwidths);
        Assert.Empty(RunSettings.Of(new(), request, pipeline, null).Bandwidths);
    }

    [Fact]
    public void A_downloader_needs_a_client() => Assert.Throws<ArgumentNullException>(() => new ResumableDownloader((HttpClient)null!));
}
