namespace ResumableDownload.IntegrationTests;

/// <summary>Objects change, or do not, between two requests to a store.</summary>
public sealed class StoreChangeTests
{
    public static TheoryData<string> Stores => [.. StoreScene.Stores.Keys];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task An_object_that_did_not_change_is_not_paid_for_twice(string store)
    {
        await using var scene = await StoreScene.Stores[store]();
        await scene.LeaveAsync(scene.Sign());

        var result = await scene.DownloadAsync(scene.Sign());

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal((StoreScene.Kept, StoreScene.Length - StoreScene.Kept, 1), (result.ResumedFrom, result.Fetched, result.Requests));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_new_version_of_the_same_length_is_never_mixed_with_the_old_one(string store)
    {
        await using var scene = await StoreScene.Stores[store]();
        await scene.LeaveAsync(scene.Sign());
        var changed = scene.Put(2);

        var result = await scene.DownloadAsync(scene.Sign());

        scene.AssertHolds(changed);
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_version_that_ends_before_what_is_kept_is_fetched_anew(string store)
    {
        await using var scene = await StoreScene.Stores[store]();
        await scene.LeaveAsync(scene.Sign());
        var shorter = scene.Store.Put(StoreScene.Key, Resource.Content(3, 100_000)).Bytes;

        await scene.DownloadAsync(scene.Sign());

        scene.AssertHolds(shorter);
    }

    [Fact]
    public async Task A_length_that_only_the_error_document_tells_is_understood()
    {
        await using var scene = await StoreScene<S3Store>.OpenAsync();
        await scene.LeaveAsync(scene.Sign());
        scene.Store.IgnoresIfRange = true;
        var shorter = scene.Store.Put(StoreScene.Key, Resource.Content(3, 100_000)).Bytes;

        var result = await scene.DownloadAsync(scene.Sign());

        scene.AssertHolds(shorter);
        Assert.Equal([416, 200], scene.Requests.Select(static request => request.Status));
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
    }

    // Every append changes the tag and the length; nothing in HTTP says that the old bytes are still the beginning.
    [Fact]
    public async Task An_object_that_was_appended_to_is_fetched_anew()
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        await scene.LeaveAsync(scene.Sign());
        var longer = scene.Store.Put(StoreScene.Key, [.. Resource.Content(1, StoreScene.Length), 1, 2, 3], static item => item with { EntityTag = "\"A1B2-APPENDED\"" }).Bytes;

        await scene.DownloadAsync(scene.Sign());

        scene.AssertHolds(longer);
        Assert.Equal([412, 200], scene.Requests.Select(static request => request.Status));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task An_empty_object_is_an_empty_file(string store)
    {
        await using var scene = await StoreScene.Stores[store]();
        scene.Store.Put(StoreScene.Key, []);

        await scene.DownloadAsync(scene.Sign());

        scene.AssertHolds([]);
        Assert.True(Assert.Single(scene.Requests).IsPlain);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Who_has_the_object_already_fetches_nothing(string store)
    {
        await using var scene = await StoreScene.Stores[store]();
        var first = await scene.DownloadAsync(scene.Sign());
        scene.Store.Forget();

        var second = await scene.DownloadAsync(new DownloadRequest(scene.Sign(), scene.Destination) { IfChangedSince = first.Validator });

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal((DownloadStatus.NotModified, 0, 0), (second.Status, second.Fetched, scene.Store.BytesSent));
        Assert.Equal((304, first.Validator.EntityTag), (Assert.Single(scene.Requests).Status, scene.Requests[0].IfNoneMatch));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Who_has_an_older_version_gets_the_new_one(string store)
    {
        await using var scene = await StoreScene.Stores[store]();
        var first = await scene.DownloadAsync(scene.Sign());
        var changed = scene.Put(2);

        var second = await scene.DownloadAsync(new DownloadRequest(scene.Sign(), scene.Destination) { IfChangedSince = first.Validator });

        scene.AssertHolds(changed);
        Assert.Equal(DownloadStatus.Whole, second.Status);
    }

    [Theory]
    [InlineData(0, DownloadStatus.NotModified)]
    [InlineData(-1, DownloadStatus.Whole)]
    public async Task The_time_of_a_file_will_do_in_place_of_a_tag(int seconds, DownloadStatus status)
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        var time = scene.Store.Clock.GetUtcNow().AddSeconds(seconds);

        var result = await scene.DownloadAsync(new DownloadRequest(scene.Sign(), scene.Destination) { IfChangedSince = Validator.OfTime(time) });

        Assert.Equal((status, status == DownloadStatus.Whole), (result.Status, File.Exists(scene.Destination)));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_question_after_the_last_byte_breaks_no_signature(string store)
    {
        await using var scene = await StoreScene.Stores[store]();
        scene.Options.FinalCheck = FinalCheck.Always;
        scene.Store.TellsDigests = false;

        var result = await scene.DownloadAsync(scene.Sign());

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal([200, 304], scene.Requests.Select(static request => request.Status));
        Assert.Equal((FinalCheckOutcome.Confirmed, StoreScene.Length), (result.FinalCheck, scene.Store.BytesSent));
    }

    [Fact]
    public async Task A_store_that_falls_silent_is_asked_again()
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        scene.Options.StallTimeout = TimeSpan.FromSeconds(1);
        scene.Store.Then(new StoreFault { StallAt = StoreScene.Kept });

        var result = await scene.DownloadAsync(scene.Sign());

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal(StoreScene.Length, result.Fetched);
        Assert.True(scene.Requests.Count > 1);
    }
}
