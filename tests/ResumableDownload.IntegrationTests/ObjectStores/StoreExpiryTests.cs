using System.Text;

namespace ResumableDownload.IntegrationTests;

/// <summary>A signed address ends while there is still something to fetch.</summary>
public sealed class StoreExpiryTests
{
    private static readonly TimeSpan TooLong = TimeSpan.FromHours(2);

    public static TheoryData<string, int, string> Expired => TokenStoreTests.Expired;

    public static TheoryData<string> Stores => [.. StoreScene.Stores.Keys];

    [Theory]
    [MemberData(nameof(Expired))]
    public async Task Without_a_way_to_get_a_fresh_one_it_fails_as_expired_and_keeps_everything(string store, int status, string code)
    {
        await using var scene = await StoreScene.Stores[store]();
        ExpireInTheMiddle(scene);

        var failure = await scene.FailAsync(scene.Sign());

        Assert.Equal((DownloadFailure.Expired, status, code, StoreScene.Kept), (failure.Failure, failure.StatusCode, failure.ErrorCode, failure.Kept));
        Assert.Contains("expired", failure.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(failure.ErrorMessage));
        await AssertGoesOnAsync(scene);
    }

    [Theory]
    [MemberData(nameof(Expired))]
    public async Task A_fresh_address_is_asked_for_once_and_the_download_goes_on_with_the_old_validators(string store, int status, string code)
    {
        await using var scene = await StoreScene.Stores[store]();
        ExpireInTheMiddle(scene);
        var (request, asked) = Refreshing(scene, scene.Sign());

        var result = await scene.DownloadAsync(request);

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal((StoreScene.Length, 0), (result.Fetched, result.StartedOver.Count));
        var refresh = Assert.Single(asked);
        Assert.Equal((UriRefreshReason.Refused, status, code, request.Source), (refresh.Reason, refresh.StatusCode, refresh.ErrorCode, refresh.Source));
        Assert.Contains($"<Code>{code}</Code>", Encoding.UTF8.GetString(refresh.ErrorBody.Span), StringComparison.Ordinal);
        Assert.Equal([200, status, 206], scene.Requests.Select(static one => one.Status));
        Assert.Equal(StoreScene.Kept, scene.Requests[2].From);
        Assert.Equal(result.Validator.EntityTag, scene.Requests[2].IfMatch ?? scene.Requests[2].IfRange);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_fresh_address_is_asked_for_before_the_old_one_ends(string store)
    {
        await using var scene = await StoreScene.Stores[store]();
        scene.Store.Then(
            StoreFault.Cut(StoreScene.Kept),
            StoreFault.Refuse(503, "ServiceUnavailable") with { First = () => scene.Store.Clock.Advance(TimeSpan.FromMinutes(59.8)) });
        var (request, asked) = Refreshing(scene, scene.Sign());

        await scene.DownloadAsync(request);

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        var refresh = Assert.Single(asked);
        Assert.Equal((UriRefreshReason.ExpiresSoon, null, null, 0), (refresh.Reason, refresh.StatusCode, refresh.ErrorCode, refresh.ErrorBody.Length));
        Assert.Equal([200, 503, 206], scene.Requests.Select(static one => one.Status));
        Assert.Equal(scene.Requests[0].Signed.Query.Length, scene.Requests[2].Signed.Query.Length);
        Assert.NotEqual(scene.Requests[0].Signed.Query, scene.Requests[2].Signed.Query);
    }

    // The machine's clock is years ahead of the store's, or years behind.
    [Theory]
    [InlineData("OSS", -30)]
    [InlineData("OSS", 0)]
    [InlineData("S3", -30)]
    [InlineData("S3", 0)]
    public async Task The_stores_clock_counts_and_not_the_machines(string store, int years)
    {
        await using var scene = await StoreScene.Stores[store]();
        scene.Store.Clock.Advance(TimeSpan.FromDays(365 * years));
        scene.Put(2);
        scene.Store.Then(StoreFault.Cut(StoreScene.Kept), StoreFault.Refuse(503, "ServiceUnavailable"));
        var (request, asked) = Refreshing(scene, scene.Sign());

        await scene.DownloadAsync(request);

        scene.AssertHolds(Resource.Content(2, StoreScene.Length));
        Assert.Empty(asked);
    }

    [Fact]
    public async Task A_body_that_is_under_way_when_the_time_is_over_arrives_whole()
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        scene.Store.Then(new StoreFault { During = () => scene.Store.Clock.Advance(TooLong) });

        await scene.DownloadAsync(scene.Sign());

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Single(scene.Requests);
    }

    [Fact]
    public async Task An_address_that_ends_again_and_again_is_replaced_again_and_again()
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        for (var times = 0; times < 4; times++)
        {
            ExpireInTheMiddle(scene, 90_000);
        }

        var (request, asked) = Refreshing(scene, scene.Sign());

        var result = await scene.DownloadAsync(request);

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal((4, StoreScene.Length), (asked.Count, result.Fetched));
    }

    [Fact]
    public async Task Fresh_addresses_that_are_no_better_end_the_download_and_keep_everything()
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        var address = scene.Sign();
        await scene.LeaveAsync(address);
        scene.Store.Clock.Advance(TooLong);

        var failure = await scene.FailAsync(new DownloadRequest(address, scene.Destination) { RefreshUri = (_, _) => ValueTask.FromResult<Uri?>(address) });

        Assert.Equal((DownloadFailure.Expired, StoreScene.Kept), (failure.Failure, failure.Kept));
        Assert.InRange(scene.Requests.Count, 1, 10);
        await AssertGoesOnAsync(scene);
    }

    public static TheoryData<string, Func<Uri?>, DownloadFailure> Failures => new()
    {
        { "none", () => null, DownloadFailure.Expired },
        { "a relative one", () => new Uri("/file.bin", UriKind.Relative), DownloadFailure.RefreshFailed },
        { "one of another kind", () => new Uri("ftp://127.0.0.1/file.bin"), DownloadFailure.RefreshFailed },
        { "an error", () => throw new InvalidOperationException("no session: token=5ec7e7"), DownloadFailure.RefreshFailed },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Who_has_no_fresh_address_gets_a_failure_and_keeps_everything(string what, Func<Uri?> give, DownloadFailure expected)
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        ExpireInTheMiddle(scene);

        var failure = await scene.FailAsync(new DownloadRequest(scene.Sign(), scene.Destination) { RefreshUri = (_, _) => ValueTask.FromResult(give()) });

        Assert.Equal((expected, StoreScene.Kept), (failure.Failure, failure.Kept));
        Assert.Equal(what == "an error", failure.InnerException is InvalidOperationException);
        Assert.DoesNotContain("5ec7e7", failure.Message + string.Join('\n', scene.Log.Lines), StringComparison.Ordinal);
        await AssertGoesOnAsync(scene);
    }

    [Fact]
    public async Task An_object_that_a_signed_address_does_not_find_may_have_another()
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        scene.Store.Then(StoreFault.Cut(StoreScene.Kept), StoreFault.Refuse(404, "NoSuchKey"));
        var (request, asked) = Refreshing(scene, scene.Sign());

        await scene.DownloadAsync(request);

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal((UriRefreshReason.NotFound, 404, "NoSuchKey"), (Assert.Single(asked).Reason, asked[0].StatusCode, asked[0].ErrorCode));
    }

    [Fact]
    public async Task No_address_helps_against_an_archived_object()
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        scene.Put(2, static item => item with { IsArchived = true });
        var (request, asked) = Refreshing(scene, scene.Sign());

        var failure = await scene.FailAsync(request);

        Assert.Equal((DownloadFailure.AccessDenied, 403, "InvalidObjectState"), (failure.Failure, failure.StatusCode, failure.ErrorCode));
        Assert.Empty(asked);
    }

    [Fact]
    public async Task Of_an_endless_error_document_the_first_64_KiB_are_told()
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        scene.Store.Then(StoreFault.Refuse(403, "AccessDenied", new string('x', 200_000)));
        var (request, asked) = Refreshing(scene, scene.Sign());

        await scene.DownloadAsync(request);

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal(64 * 1024, Assert.Single(asked).ErrorBody.Length);
    }

    private static void ExpireInTheMiddle(StoreScene scene, int after = StoreScene.Kept) =>
        scene.Store.Then(StoreFault.Cut(after), StoreFault.Before(() => scene.Store.Clock.Advance(TooLong)));

    private static (DownloadRequest Request, List<UriRefresh> Asked) Refreshing(StoreScene scene, Uri first)
    {
        var asked = new List<UriRefresh>();
        return (new DownloadRequest(first, scene.Destination)
        {
            RefreshUri = (why, _) =>
            {
                asked.Add(why);
                return ValueTask.FromResult<Uri?>(scene.Sign());
            },
        }, asked);
    }

    private static async Task AssertGoesOnAsync(StoreScene scene)
    {
        scene.Store.Forget();
        var result = await scene.DownloadAsync(scene.Sign());
        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal((StoreScene.Kept, StoreScene.Length - StoreScene.Kept), (result.ResumedFrom, result.Fetched));
        Assert.Equal(result.Validator.EntityTag, Assert.Single(scene.Requests).IfMatch ?? scene.Requests[0].IfRange);
    }
}
