using System.Globalization;

namespace ResumableDownload.IntegrationTests;

/// <summary>Which condition a continuation carries (RFC 9110, sections 8.8 and 13.1.5).</summary>
public sealed class ValidatorTests
{
    [Theory]
    [InlineData("\"5f3e-62a1\"")]
    [InlineData("\"a,b;c='d'\"")]
    [InlineData("\"W/inside\"")]
    [InlineData("\"D41D8CD98F00B204E9800998ECF8427E-17\"")]
    public async Task A_strong_tag_is_sent_back_exactly_as_it_came(string tag)
    {
        await using var scene = new Scene(Resource.Version(1, 500_000) with { EntityTag = tag });
        await scene.LeaveAsync(kept: 200_000);

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((200_000, tag), (scene.Requests[0].From, scene.Requests[0].IfRange));
    }

    [Theory]
    [InlineData("W/\"weak\"")]
    [InlineData("w/\"weak\"")]
    public async Task A_weak_tag_is_never_sent_nor_the_date_beside_it(string tag)
    {
        await using var scene = new Scene(Resource.Version(1, 500_000) with { EntityTag = tag }, Conduct.CutAt(200_000));

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.All(scene.Requests, request => Assert.True(request.IsPlain, request.ToString()));
        Assert.Equal([StartOverReason.NotResumable], result.StartedOver);
    }

    [Theory]
    [InlineData("unquoted")]
    [InlineData("\"half")]
    [InlineData("'single'")]
    [InlineData("\"caf\u00e9\"")]
    [InlineData("\"a\" , \"b\"")]
    public async Task An_odd_tag_never_mixes_versions(string tag)
    {
        await using var scene = new Scene(Resource.Version(1, 500_000) with { EntityTag = tag });
        await scene.LeaveAsync(kept: 200_000);
        scene.Origin.Resource = Resource.Version(2, 500_000) with { EntityTag = "other" };

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task The_date_serves_when_there_is_no_tag()
    {
        await using var scene = new Scene(Resource.Version(1, 500_000) with { EntityTag = null });
        await scene.LeaveAsync(kept: 200_000);

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((200_000, Resource.DateOf(1)), (scene.Requests[0].From, scene.Requests[0].IfRange));
    }

    [Fact]
    public async Task A_fresh_date_is_weak_and_is_not_sent()
    {
        var now = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        await using var scene = new Scene(Resource.Version(1, 500_000) with { EntityTag = null, LastModified = now }, Conduct.CutAt(200_000));

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.All(scene.Requests, request => Assert.True(request.IsPlain, request.ToString()));
        Assert.Equal([StartOverReason.NotResumable], result.StartedOver);
    }

    [Fact]
    public async Task Without_any_validator_a_cut_download_starts_over()
    {
        await using var scene = new Scene(Resource.Version(1, 500_000) with { EntityTag = null, LastModified = null }, Conduct.CutAt(200_000));

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((700_000, StartOverReason.NotResumable), (scene.Origin.BodyBytesSent, Assert.Single(result.StartedOver)));
    }

    [Fact]
    public async Task A_server_without_validators_that_always_cuts_is_given_up()
    {
        await using var scene = new Scene(Resource.Version(1, 500_000) with { EntityTag = null, LastModified = null })
        {
            Origin = { Otherwise = Conduct.CutAt(200_000) },
        };

        await scene.FailAsync();

        Assert.False(File.Exists(scene.Destination));
        Assert.InRange(scene.Requests.Count, 2, 20);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(60_000)]
    public async Task A_server_that_always_cuts_early_is_given_up(int cut)
    {
        await using var scene = new Scene(Resource.Version(1, 500_000)) { Origin = { Otherwise = Conduct.CutAt(cut) } };

        var failure = await Record.ExceptionAsync(() => scene.DownloadAsync());

        // Either end is honest; asking for ever is not.
        Assert.True(failure is DownloadException || scene.Requests.Count >= 500_000 / cut, $"{failure}");
    }
}
