using OssScene = ResumableDownload.IntegrationTests.StoreScene<ResumableDownload.IntegrationTests.OssStore>;

namespace ResumableDownload.IntegrationTests;

/// <summary>Downloads from Alibaba Cloud OSS by presigned addresses, as far as its stand-in goes.</summary>
public sealed class OssDownloadTests
{
    public static TheoryData<string> Versions => ["V1", "V4"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_presigned_address_downloads(string version)
    {
        await using var scene = await OssScene.OpenAsync();

        await scene.DownloadAsync(Sign(scene, version));

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        var request = Assert.Single(scene.Requests);
        Assert.True(request.IsPlain && request.SignatureHolds is true, $"{request}");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_fresh_address_goes_on_from_the_bytes_of_the_old_one(string version)
    {
        await using var scene = await OssScene.OpenAsync();
        await scene.LeaveAsync(Sign(scene, version));
        scene.Store.Clock.Advance(TimeSpan.FromHours(2));

        var result = await scene.DownloadAsync(Sign(scene, version, minutes: 7));

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal((StoreScene.Kept, StoreScene.Length - StoreScene.Kept), (result.ResumedFrom, result.Fetched));
    }

    [Fact]
    public async Task One_kind_of_signature_goes_on_where_the_other_stopped()
    {
        await using var scene = await OssScene.OpenAsync();
        await scene.LeaveAsync(scene.Store.V1(StoreScene.Key));

        var result = await scene.DownloadAsync(scene.Store.V4(StoreScene.Key));

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal(StoreScene.Kept, result.ResumedFrom);
    }

    [Fact]
    public async Task The_first_resume_already_carries_if_match_and_a_range_that_ends_with_the_object()
    {
        await using var scene = await OssScene.OpenAsync();
        var tag = $"\"{Convert.ToHexString(StoredObject.Md5Of(Resource.Content(1, StoreScene.Length)))}\"";
        await scene.LeaveAsync(scene.Store.V4(StoreScene.Key));

        await scene.DownloadAsync(scene.Store.V4(StoreScene.Key));

        var request = Assert.Single(scene.Requests);
        Assert.Equal((206, tag, null), (request.Status, request.IfMatch, request.IfRange));
        Assert.Contains(request.Range, new[] { "bytes=200000-", "bytes=200000-499999" });
    }

    // OSS answers a range that goes beyond the end, or starts there, with the whole object.
    [Fact]
    public async Task No_range_ever_reaches_beyond_the_end()
    {
        await using var scene = await OssScene.OpenAsync();
        scene.Store.Then(Enumerable.Range(1, 4).Select(static _ => StoreFault.Cut(120_000)));

        var result = await scene.DownloadAsync(scene.Store.V1(StoreScene.Key));

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal((StoreScene.Length, 5), (result.Fetched, scene.Requests.Count));
        Assert.All(scene.Requests.Skip(1), static request => Assert.Equal(206, request.Status));
    }

    [Fact]
    public async Task A_run_that_was_cut_at_the_very_last_byte_asks_for_nothing_beyond_it()
    {
        await using var scene = await OssScene.OpenAsync();
        scene.Store.Then(StoreFault.Cut(StoreScene.Length - 1));

        await scene.DownloadAsync(scene.Store.V1(StoreScene.Key));

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal((206, 1), (scene.Requests[1].Status, scene.Requests[1].BytesSent));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task An_object_that_changed_meanwhile_is_fetched_anew_though_its_length_is_the_same(string version)
    {
        await using var scene = await OssScene.OpenAsync();
        await scene.LeaveAsync(Sign(scene, version));
        var changed = scene.Put(2);

        var result = await scene.DownloadAsync(Sign(scene, version));

        scene.AssertHolds(changed);
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        Assert.Equal([412, 200], scene.Requests.Select(static request => request.Status));
        Assert.True(scene.Requests[1].IsPlain, $"{scene.Requests[1]}");
    }

    [Fact]
    public async Task An_object_that_is_overwritten_while_it_is_sent_is_never_mixed_with_the_old_one()
    {
        await using var scene = await OssScene.OpenAsync();
        scene.Store.Then(new StoreFault { CutAt = StoreScene.Kept, During = () => scene.Put(2) });

        var result = await scene.DownloadAsync(scene.Store.V4(StoreScene.Key));

        scene.AssertHolds(Resource.Content(2, StoreScene.Length));
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
    }

    [Fact]
    public async Task An_object_that_shrank_is_fetched_anew()
    {
        await using var scene = await OssScene.OpenAsync();
        await scene.LeaveAsync(scene.Store.V4(StoreScene.Key));
        var shorter = scene.Store.Put(StoreScene.Key, Resource.Content(3, 100_000)).Bytes;

        await scene.DownloadAsync(scene.Store.V4(StoreScene.Key));

        scene.AssertHolds(shorter);
    }

    [Theory]
    [InlineData(503, "DownloadTrafficRateLimitExceeded")]
    [InlineData(503, "TotalQpsLimitExceeded")]
    [InlineData(503, "ActiveRequestLimitExceeded")]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(429, "QpsLimitExceeded")]
    public async Task A_store_that_is_too_busy_is_asked_again(int status, string code)
    {
        await using var scene = await OssScene.OpenAsync();
        scene.Store.Then(StoreFault.Throttle(status, code, 3));
        scene.Store.Then(StoreFault.Cut(StoreScene.Kept));
        scene.Store.Then(StoreFault.Throttle(status, code, 3));

        var result = await scene.DownloadAsync(scene.Store.V4(StoreScene.Key));

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal((8, StoreScene.Length), (scene.Requests.Count, scene.Requests.Where(static request => request.Status < 300).Sum(static request => request.BytesSent)));
        Assert.Empty(result.StartedOver);
    }

    [Theory]
    [InlineData(403, "AccessDenied")]
    [InlineData(403, "InvalidObjectState")]
    [InlineData(404, "NoSuchKey")]
    [InlineData(501, "NotImplemented")]
    public async Task The_text_of_an_error_is_never_part_of_the_file(int status, string code)
    {
        await using var scene = await OssScene.OpenAsync();
        await scene.LeaveAsync(scene.Store.V4(StoreScene.Key));
        var kept = await File.ReadAllBytesAsync(scene.Destination + ".partial");
        scene.Store.Then(StoreFault.Refuse(status, code));

        var failure = await scene.FailAsync(scene.Store.V4(StoreScene.Key));

        Assert.Equal((status, StoreScene.Kept), (failure.StatusCode, failure.Kept));
        Assert.Equal(kept, await File.ReadAllBytesAsync(scene.Destination + ".partial"));
        Assert.False(File.Exists(scene.Destination));
        Assert.Equal(StoreScene.Length - StoreScene.Kept, (await scene.DownloadAsync(scene.Store.V4(StoreScene.Key))).Fetched);
        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
    }

    // A signature is for one method, and covers every x-oss-* field and the Content-Type: what is added breaks it.
    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Nothing_is_sent_that_the_signature_does_not_cover(string version)
    {
        await using var scene = await OssScene.OpenAsync();
        scene.Store.Then(StoreFault.Cut(StoreScene.Kept), StoreFault.Refuse(503, "ServiceUnavailable"));
        scene.Store.Then(StoreFault.Before(() => scene.Put(2)));

        await scene.DownloadAsync(Sign(scene, version));

        Assert.Equal(["GET"], scene.Requests.Select(static request => request.Method).Distinct());
        Assert.DoesNotContain(scene.Requests, static request => request.SignatureHolds is false);
        var fields = scene.Requests.SelectMany(static request => request.Signed.Headers).Select(static field => field.Key.ToLowerInvariant()).Distinct();
        Assert.DoesNotContain(fields, static name => name.StartsWith("x-oss-", StringComparison.Ordinal) || name is "content-type" or "content-md5");
        Assert.All(scene.Requests, static request => Assert.Equal("identity", request.Signed.Header("Accept-Encoding")));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Nothing_of_a_signature_is_kept_or_told(string version)
    {
        await using var scene = await OssScene.OpenAsync();
        var address = Sign(scene, version);
        await scene.LeaveAsync(address);
        scene.Store.Clock.Advance(TimeSpan.FromHours(2));

        var failure = await scene.FailAsync(address);

        var told = $"{await File.ReadAllTextAsync(scene.Journal)}\n{failure}\n{string.Join('\n', scene.Log.Lines)}";
        Assert.Contains(StoreScene.Key, told, StringComparison.Ordinal);
        string[] secrets = [scene.Store.Key.Id, "OSSAccessKeyId", "x-oss-signature", "x-oss-credential", "x-oss-expires", .. SignedParts.ReadQuery(address.Query.TrimStart('?')).Select(static pair => pair.Value).Where(static value => value.Length > 8)];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, told, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_object_for_everybody_needs_no_signature()
    {
        await using var scene = await OssScene.OpenAsync();
        scene.Store.IsPublic = true;
        await scene.LeaveAsync(scene.Store.UrlOf(StoreScene.Key));

        var result = await scene.DownloadAsync(scene.Store.V4(StoreScene.Key));

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal(StoreScene.Kept, result.ResumedFrom);
    }

    private static Uri Sign(OssScene scene, string version, int minutes = 60) => version == "V1"
        ? scene.Store.Presigner.V1(OssStore.Get(StoreScene.Key), TimeSpan.FromMinutes(minutes))
        : scene.Store.Presigner.V4(OssStore.Get(StoreScene.Key), TimeSpan.FromMinutes(minutes));
}
