using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>When progress is reported, and what it foretells.</summary>
public sealed class ProgressMeterTests : IDisposable
{
    private readonly StorageBench _bench = new();
    private readonly Tally _tally = new();
    private readonly Reports _reports;
    private readonly ProgressMeter _meter;
    private PartialFile? _file;

    public ProgressMeterTests()
    {
        _reports = new(_bench.Time);
        _meter = new(_reports, _tally, _bench.Time);
    }

    public void Dispose() => _file?.Dispose();

    [Fact]
    public async Task It_is_due_a_tenth_of_a_second_after_the_last_one()
    {
        var file = await BeginAsync(20_000);
        _meter.Report(file);
        Advance(0.0999);
        _meter.Report(file);
        Assert.Single(_reports.All);
        Advance(0.0001);
        _meter.Report(file);
        _meter.Report(file);
        Assert.Equal(2, _reports.All.Length);
        _meter.ReportNow(file.Checkpoint);
        Assert.Equal(3, _reports.All.Length);
    }

    /// <summary>The receiver takes its time, or asks for more from within.</summary>
    [Fact]
    public async Task One_report_is_not_begun_inside_another()
    {
        var file = await BeginAsync(20_000);
        _reports.OnReport = _ =>
        {
            Advance(1);
            _meter.Report(file);
        };
        _meter.Report(file);
        Assert.Single(_reports.All);
        _reports.OnReport = null;
        _meter.Report(file);
        Assert.Equal(2, _reports.All.Length);
    }

    [Fact]
    public async Task After_a_receiver_that_threw_the_next_report_comes_all_the_same()
    {
        var file = await BeginAsync(20_000);
        _reports.OnReport = static _ => throw new InvalidOperationException("of the caller");
        Assert.Throws<InvalidOperationException>(() => _meter.Report(file));
        _reports.OnReport = null;
        Advance(1);
        _meter.Report(file);
        Assert.Equal(2, _reports.All.Length);
    }

    [Theory]
    [InlineData(20_000L, 1_000, 19d)]
    [InlineData(20_000L, 1, 19_999d)]
    [InlineData(20_000L, 20_000, 0d)]
    [InlineData(null, 1_000, null)]
    [InlineData(long.MaxValue, 1, 3650 * 86_400d)]
    public async Task The_time_left_is_what_is_missing_by_the_speed_and_no_more_than_ten_years(long? length, int bytes, double? seconds)
    {
        var file = await BeginAsync(length);
        _meter.ReportNow(file.Checkpoint);
        Advance(1);
        await BringAsync(file, bytes);
        _meter.Report(file);
        Assert.Equal(seconds, _reports.Last.TimeLeft?.TotalSeconds);
        Assert.Equal((bytes, length, bytes), (_reports.Last.Received, _reports.Last.Total, _reports.Last.BytesPerSecond));
    }

    [Fact]
    public async Task Less_than_a_byte_in_a_second_foretells_nothing()
    {
        var file = await BeginAsync(20_000);
        _meter.ReportNow(file.Checkpoint);
        Advance(1.5);
        await BringAsync(file, 1);
        _meter.Report(file);
        Assert.Null(_reports.Last.TimeLeft);
    }

    [Fact]
    public async Task What_was_read_to_prove_the_file_is_told_beside_the_last_state()
    {
        var file = await BeginAsync(20_000);
        _meter.ReportVerified(10);
        Assert.Empty(_reports.All);
        await BringAsync(file, 20_000);
        _meter.ReportNow(file.Checkpoint);
        _meter.ReportVerified(5_000);
        Assert.Single(_reports.All);
        Advance(0.1);
        _meter.ReportVerified(10_000);
        _meter.ReportVerified(11_000);
        Assert.Equal((2, 20_000L, 10_000L, null), (_reports.All.Length, _reports.Last.Received, _reports.Last.Verified, _reports.Last.TimeLeft));
    }

    [Fact]
    public void Before_anything_is_known_nothing_is_received()
    {
        _meter.ReportNow(null);
        Assert.Equal((0L, null, null), (_reports.Last.Received, _reports.Last.Total, _reports.Last.TimeLeft));
    }

    private async Task<PartialFile> BeginAsync(long? length) => _file = await _bench.BeginAsync(length: length);

    private async Task BringAsync(PartialFile file, int bytes)
    {
        _tally.CountFetched(bytes);
        await _bench.WriteAsync(file, 0, bytes);
    }

    private void Advance(double seconds) => _bench.Time.Advance(TimeSpan.FromSeconds(seconds));
}
