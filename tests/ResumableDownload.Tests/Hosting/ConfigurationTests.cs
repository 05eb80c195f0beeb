using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ResumableDownload.Tests.Hosting;

/// <summary>Options that come from a configuration, as appsettings.json.</summary>
public sealed class ConfigurationTests
{
    /// <summary>What only code can say.</summary>
    private static readonly string[] OnlyInCode =
    [
        nameof(ResumableDownloadOptions.ConfigureResilience), nameof(ResumableDownloadOptions.ResiliencePipeline), nameof(DownloadManagerOptions.NetworkMonitor),
    ];

    private static readonly Dictionary<string, string?> Values = new()
    {
        ["Condition"] = "IfMatch",
        ["MaxConnections"] = "8",
        ["MultiplexSegments"] = "true",
        ["MaxAttemptsWithoutProgress"] = "9",
        ["RetryDelay"] = "00:00:03",
        ["MaxRetryDelay"] = "00:00:30",
        ["MaxRetryAfter"] = "00:20:00",
        ["StallTimeout"] = "00:00:10",
        ["StallBytes"] = "5000000000",
        ["MaxStartOvers"] = "1",
        ["StrongDateMargin"] = "00:02:00",
        ["WeakIdentity"] = "ContentEvidence",
        ["EvidenceLength"] = "1024",
        ["FinalCheck"] = "Always",
        ["UseServerDigests"] = "false",
        ["ExistingDestination"] = "Number",
        ["MaxLength"] = "70000000000",
        ["SetFileTime"] = "true",
        ["VerifyPartial"] = "Full",
        ["BandwidthLimit"] = "1000000",
        ["Manager:MaxConcurrentDownloads"] = "7",
        ["Manager:MaxConcurrentPerHost"] = "2",
        ["Manager:BandwidthLimit"] = "2000000",
        ["Manager:ResumeAutomatically"] = "false",
        ["Manager:RememberUris"] = "false",
    };

    [Theory]
    [InlineData("")]
    [InlineData("models")]
    public void Every_option_arrives(string name)
    {
        using var provider = Provider(name, Values);

        AssertAllDiffer(Of<ResumableDownloadOptions>(provider, name), new ResumableDownloadOptions());
        AssertAllDiffer(Of<DownloadManagerOptions>(provider, name), new DownloadManagerOptions());
    }

    [Fact]
    public void Values_are_what_was_written()
    {
        using var provider = Provider("", Values);
        var options = Of<ResumableDownloadOptions>(provider, "");

        Assert.Equal((ResumeCondition.IfMatch, 8, TimeSpan.FromSeconds(3), 5_000_000_000), (options.Condition, options.MaxConnections, options.RetryDelay, options.StallBytes));
        Assert.Equal((70_000_000_000, 1_000_000), (options.MaxLength, options.BandwidthLimit!.BytesPerSecond));
        Assert.Equal((7, 2_000_000), (Of<DownloadManagerOptions>(provider, "").MaxConcurrentDownloads, Of<DownloadManagerOptions>(provider, "").BandwidthLimit!.BytesPerSecond));
    }

    [Fact]
    public void What_is_not_there_stays_as_it_is()
    {
        using var provider = Provider("", new() { ["MaxConnections"] = "8" });

        Assert.Equal((8, 5), (Of<ResumableDownloadOptions>(provider, "").MaxConnections, Of<ResumableDownloadOptions>(provider, "").MaxAttemptsWithoutProgress));
        Assert.Null(Of<ResumableDownloadOptions>(provider, "").BandwidthLimit);
    }

    [Fact]
    public void What_is_out_of_range_is_named()
    {
        using var provider = Provider("", new() { ["MaxConnections"] = "99", ["StallTimeout"] = "00:00:00.05" });

        var fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<ResumableDownloader>());

        Assert.Equal(2, fault.Failures.Count());
    }

    [Theory]
    [InlineData("", "StallBytes", "0")]
    [InlineData("", "StallBytes", "fast")]
    [InlineData("Manager:", "MaxConcurrentPerHost", "-5")]
    public void A_limit_that_is_none_is_named_beside_other_faults(string section, string other, string limit)
    {
        using var provider = Provider("", new() { [section + "BandwidthLimit"] = limit, [section + other] = "0" });

        var fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<DownloadManager>());

        Assert.Equal(2, fault.Failures.Count());
        Assert.Contains("BandwidthLimit is not a number of bytes per second, at least 1", fault.Failures);
        Assert.Contains(fault.Failures, failure => failure.StartsWith(other, StringComparison.Ordinal));
    }

    private static ServiceProvider Provider(string name, Dictionary<string, string?> values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection();
        _ = name.Length == 0 ? services.AddResumableDownloads(configuration) : services.AddResumableDownloads(name, configuration);
        return services.BuildServiceProvider();
    }

    private static T Of<T>(ServiceProvider provider, string name) => provider.GetRequiredService<IOptionsMonitor<T>>().Get(name);

    // A property that is new and not bound would be equal here.
    private static void AssertAllDiffer<T>(T actual, T defaults) => Assert.All(
        typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => !OnlyInCode.Contains(property.Name)),
        property => Assert.False(Equals(property.GetValue(actual), property.GetValue(defaults)), property.Name));
}
