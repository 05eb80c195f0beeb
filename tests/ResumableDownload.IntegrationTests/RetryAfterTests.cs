using System.Globalization;

namespace ResumableDownload.IntegrationTests;

/// <summary>A server that asks for patience (RFC 9110, section 10.2.3).</summary>
public sealed class RetryAfterTests
{
    private const int Length = 300_000;

    [Theory]
    [InlineData(0)]
    [InlineData(-86_400)]
    [InlineData(86_400)]
    public async Task A_date_is_waited_for_by_the_servers_own_clock(int clockIsOffBy)
    {
        var now = DateTimeOffset.UtcNow.AddSeconds(clockIsOffBy);
        await using var scene = new Scene(Resource.Version(1, Length));
        scene.Origin.Then(Conduct.Refuse(503, ("Date", Spell(now)), ("Retry-After", Spell(now.AddSeconds(1)))));

        await scene.DownloadAsync();

        AssertWaited(scene, 0.95);
    }

    [Fact]
    public async Task Seconds_are_waited_for()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(100_000), Conduct.Refuse(429, ("Retry-After", "1")));

        await scene.DownloadAsync();

        AssertWaited(scene, 0.95);
        Assert.Equal(Length, scene.Origin.BodyBytesSent);
    }

    [Theory]
    [InlineData("7200")]
    [InlineData("2147483648")]
    public async Task More_than_the_limit_fails_at_once_and_says_until_when(string seconds)
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.Refuse(429, ("Retry-After", seconds)));

        var failure = await scene.FailAsync();

        Assert.Equal((DownloadFailure.ServerUnavailable, 429, 1), (failure.Failure, failure.StatusCode, scene.Requests.Count));
        Assert.True(failure.RetryAt > DateTimeOffset.UtcNow.AddMinutes(110), $"{failure.RetryAt}");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("120, 60")]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("Sun, 99 Nov 2099 00:00:00 GMT")]
    public async Task Nonsense_is_no_time(string value)
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.Refuse(503, ("Retry-After", value)));

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal(2, scene.Requests.Count);
    }

    private static void AssertWaited(Scene scene, double seconds)
    {
        scene.AssertHolds(scene.Origin.Resource);
        Assert.InRange((scene.Requests[^1].At - scene.Requests[^2].At).TotalSeconds, seconds, 10);
    }

    private static string Spell(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);
}
