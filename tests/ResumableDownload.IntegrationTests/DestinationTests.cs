using System.Diagnostics;
using System.Text;

namespace ResumableDownload.IntegrationTests;

/// <summary>What is at the destination already, and who else writes there.</summary>
public sealed class DestinationTests
{
    private const int Length = 500_000;

    [Fact]
    public async Task An_old_file_stays_until_the_new_one_is_whole()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await File.WriteAllTextAsync(scene.Destination, "old");
        await scene.LeaveAsync(kept: 200_000);
        Assert.Equal("old", await File.ReadAllTextAsync(scene.Destination));

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task An_old_file_that_is_to_stay_fails_the_download_before_the_first_request()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Options = { ExistingDestination = ExistingDestination.Fail } };
        await File.WriteAllTextAsync(scene.Destination, "old");

        Assert.Equal(DownloadFailure.DestinationExists, (await scene.FailAsync()).Failure);

        Assert.Empty(scene.Requests);
        scene.AssertHolds(new Resource("old"u8.ToArray()));
    }

    [Fact]
    public async Task A_file_that_appears_meanwhile_is_not_overwritten_either()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Options = { ExistingDestination = ExistingDestination.Fail } };
        scene.Origin.Then(Conduct.Serve with { First = () => File.WriteAllText(scene.Destination, "other") });

        Assert.Equal(DownloadFailure.DestinationExists, (await scene.FailAsync()).Failure);

        Assert.Equal("other", await File.ReadAllTextAsync(scene.Destination));
    }

    [Fact]
    public async Task A_second_download_to_the_same_place_is_refused_at_once_and_harms_nothing()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.StallAt(200_000));
        using var stop = new CancellationTokenSource();
        var first = scene.DownloadAsync(cancellationToken: stop.Token);
        await Wait.UntilAsync(() => ResumableDownloader.Inspect(scene.Destination)?.Received == 200_000, "the first download has kept what came");

        Assert.Equal(DownloadFailure.InUse, (await scene.FailAsync()).Failure);
        Assert.Equal(DownloadFailure.InUse, Assert.Throws<DownloadException>(() => ResumableDownloader.Discard(scene.Destination)).Failure);

        Assert.Single(scene.Requests);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(200_000, (await scene.DownloadAsync()).ResumedFrom);
        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task Of_many_downloads_to_one_place_each_ends_whole_or_refused()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = Conduct.CutAt(120_000) } };

        var failures = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Record.ExceptionAsync(() => scene.DownloadAsync())));

        Assert.Contains(failures, failure => failure is null);
        Assert.All(failures, failure => Assert.Equal(DownloadFailure.InUse, (failure as DownloadException)?.Failure ?? DownloadFailure.InUse));
        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task At_every_moment_the_destination_is_whole_however_many_download_to_it()
    {
        const int length = 70_000;
        await using var scene = new Scene(Resource.Version(1, length));
        await scene.DownloadAsync();
        var watch = Stopwatch.StartNew();
        async Task DownloadAgainAsync()
        {
            while (watch.Elapsed < TimeSpan.FromSeconds(3))
            {
                var failure = await Record.ExceptionAsync(() => scene.DownloadAsync());
                Assert.True(failure is null or DownloadException { Failure: DownloadFailure.InUse }, $"{failure}");
            }
        }

        var downloads = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(DownloadAgainAsync)));
        while (!downloads.IsCompleted)
        {
            Scene.AssertSame(scene.Origin.Resource.Bytes, ReadOnceUnlocked(scene.Destination));
        }

        await downloads;
        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task Two_resources_with_the_same_tag_and_length_are_never_mixed()
    {
        // Entity tags are unique only within one resource (RFC 9110, section 8.8.3).
        await using var scene = new Scene(Resource.Version(1, Length));
        await scene.LeaveAsync(kept: 200_000);
        var other = scene.Origin.Resources["/other.bin"] = Resource.Version(1, Length) with { Bytes = Resource.Content(2, Length) };

        var result = await scene.DownloadAsync(new DownloadRequest(scene.Origin.UrlOf("/other.bin"), scene.Destination));

        scene.AssertHolds(other);
        Assert.Equal(0, result.ResumedFrom);
        Assert.True(scene.Requests[0].IsPlain);
    }

    [Fact]
    public async Task Another_query_is_another_resource_but_another_signature_is_not()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(200_000), Conduct.Refuse(403));
        await scene.FailAsync(From(scene, "/f?id=1&X-Amz-Signature=aaa&X-Amz-Expires=5"));
        scene.Origin.Then(Conduct.CutAt(100_000), Conduct.Refuse(403));
        var failure = await scene.FailAsync(From(scene, "/f?id=1&X-Amz-Signature=bbb&X-Amz-Expires=6"));
        Assert.Equal(300_000, failure.Kept);

        var result = await scene.DownloadAsync(From(scene, "/f?id=2&X-Amz-Signature=bbb&X-Amz-Expires=6"));

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal(0, result.ResumedFrom);
    }

    [Fact]
    public async Task A_resource_key_carries_over_to_a_mirror()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(200_000), Conduct.Refuse(404));
        await scene.FailAsync(new DownloadRequest(scene.Origin.Url, scene.Destination) { ResourceKey = "the file" });
        await using var mirror = new ScriptedOrigin(Resource.Version(1, Length));

        await scene.DownloadAsync(new DownloadRequest(mirror.Url, scene.Destination) { ResourceKey = "the file" });

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal(300_000, mirror.BodyBytesSent);
    }

    [Fact]
    public async Task The_old_file_is_seen_whole_by_whoever_reads_it_meanwhile()
    {
        await using var scene = new Scene(Resource.Version(2, Length), Conduct.CutAt(200_000));
        await File.WriteAllBytesAsync(scene.Destination, Encoding.UTF8.GetBytes("old"));
        await using var reader = File.Open(scene.Destination, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        await scene.DownloadAsync();

        Assert.Equal(3, reader.Length);
        scene.AssertHolds(scene.Origin.Resource);
    }

    // From the rename until the journal is gone the file is still locked, and .NET's own readers respect that.
    private static byte[] ReadOnceUnlocked(string path)
    {
        while (true)
        {
            try
            {
                return File.ReadAllBytes(path);
            }
            catch (IOException fault) when (fault is not FileNotFoundException)
            {
                Thread.Yield();
            }
        }
    }

    private static DownloadRequest From(Scene scene, string target) => new(scene.Origin.UrlOf(target), scene.Destination);
}
