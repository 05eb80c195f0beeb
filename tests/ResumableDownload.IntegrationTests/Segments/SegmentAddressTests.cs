namespace ResumableDownload.IntegrationTests;

/// <summary>Redirects, mirrors and addresses that expire, while several connections bring a file.</summary>
public sealed class SegmentAddressTests
{
    [Fact]
    public async Task Further_connections_go_to_the_mirror_that_the_first_one_was_sent_to()
    {
        await using var scene = Many.Scene();
        foreach (var mirror in new[] { 0, 1 })
        {
            scene.Origin.Resources[$"/mirror{mirror}"] = Many.Version(10 + mirror);
        }

        var turn = -1;
        scene.Origin.ByRequest = request => request.Path == "/file.bin" ? Conduct.RedirectTo($"/mirror{Interlocked.Increment(ref turn) % 2}") : Many.Paced;

        var result = await scene.HurryAsync();

        scene.AssertHolds(Many.Version(10));
        Assert.Empty(result.StartedOver);
        Assert.NotEmpty(scene.Ranges());
        Assert.All(scene.Ranges(), static request => Assert.Equal("/mirror0", request.Path));
    }

    [Fact]
    public async Task A_redirects_end_that_expires_is_found_again_from_the_beginning()
    {
        await using var scene = Many.Scene();
        var (ticket, served) = (0, 0);
        scene.Origin.ByRequest = request =>
            request.Path == "/file.bin" ? Conduct.RedirectTo($"/there?ticket={Volatile.Read(ref ticket)}")
            : !request.Target.EndsWith($"={Volatile.Read(ref ticket)}", StringComparison.Ordinal) ? Conduct.Refuse(403)
            : Many.Paced with { First = () => Volatile.Write(ref ticket, Interlocked.Increment(ref served) == 1 ? 1 : Volatile.Read(ref ticket)) };

        var result = await scene.HurryAsync();

        scene.AssertHolds(Many.Version(1));
        Assert.Empty(result.StartedOver);
        Assert.Contains(scene.Ranges(), static request => request.BodyBytesSent > 0);
    }

    [Fact]
    public async Task An_address_that_expires_meanwhile_is_refreshed_once_for_all_who_need_it()
    {
        await using var scene = Many.Scene(24 * Many.MiB);
        var (valid, refreshes) = (1, 0);
        scene.Origin.ByRequest = request =>
            !request.Target.EndsWith($"={Volatile.Read(ref valid)}", StringComparison.Ordinal) ? Conduct.Refuse(403)
            : Many.Paced with { BodyLimit = request.Target.EndsWith("=1", StringComparison.Ordinal) ? 4 * Many.MiB : null, Ending = Ending.Close };
        var request = new DownloadRequest(scene.Origin.UrlOf("/file.bin?token=1"), scene.Destination)
        {
            ResourceKey = "file",
            RefreshUri = async (_, cancellationToken) =>
            {
                Interlocked.Increment(ref refreshes);
                await Task.Delay(20, cancellationToken);
                return scene.Origin.UrlOf($"/file.bin?token={Volatile.Read(ref valid)}");
            },
        };

        // From here on the old one is refused; what is on its way still comes, but not to its end.
        var progress = new Many.Trigger(static report => report.Received > Many.MiB, () => Volatile.Write(ref valid, 2));
        var result = await scene.HurryAsync(request, progress);

        scene.AssertHolds(Many.Version(1, 24 * Many.MiB));
        Assert.Empty(result.StartedOver);
        Assert.Equal(1, refreshes);
        Assert.Equal(2, valid);
        Assert.Contains(scene.Requests, static seen => seen.Target.EndsWith("=2", StringComparison.Ordinal) && seen.BodyBytesSent > 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refresh_that_brings_nothing_to_further_connections_does_not_end_the_download(bool throws)
    {
        await using var scene = Many.Scene();
        scene.Origin.TowardsRanges = Conduct.Refuse(403);
        var request = new DownloadRequest(scene.Origin.Url, scene.Destination)
        {
            RefreshUri = (_, _) => throws ? throw new InvalidOperationException("No session.") : ValueTask.FromResult<Uri?>(null),
        };

        var result = await scene.HurryAsync(request);

        scene.AssertHolds(Many.Version(1));
        Assert.Equal(1, result.Requests - scene.Ranges().Count);
    }
}
