namespace ResumableDownload.Tests.Management;

/// <summary>A request becomes what is saved of it, and that a request again.</summary>
public sealed class SavedDownloadTests
{
    private static readonly Uri Source = new("https://user:secret@host.example/file.bin?sig=secret#secret");

    private static readonly DownloadRequest Full = new(Source, Path.GetFullPath("folder/file.bin"))
    {
        ResourceKey = "key",
        Range = new ByteRange(100, 300),
        ExpectedLength = 200,
        ExpectedDigest = Digest.Parse("crc32c:e3069283"),
        IfChangedSince = new Validator { EntityTag = "\"v1\"" },
        Network = NetworkRequirement.UnmeteredOnly,
        Headers = [new("Authorization", "Bearer secret")],
        RefreshUri = static (_, _) => default,
    };

    [Fact]
    public void A_request_comes_back_as_it_was_without_what_cannot_be_saved()
    {
        var saved = SavedDownload.Of(Guid.NewGuid(), Full, priority: 3, isStarted: false, DownloadState.Queued);
        var request = saved.ToRequest();

        Assert.True(saved is { HadHeaders: true, HadRefreshUri: true, Priority: 3, State: DownloadState.Queued, IsStarted: false });
        Assert.Empty(request.Headers);
        Assert.Null(request.RefreshUri);
        foreach (var property in typeof(DownloadRequest).GetProperties().Where(static property => property.Name is not (nameof(Full.Headers) or nameof(Full.RefreshUri))))
        {
            Assert.Equal(property.GetValue(Full), property.GetValue(request));
        }

        Assert.Equal(Source.OriginalString, request.Source.OriginalString);
    }

    [Fact]
    public void A_plain_request_is_a_plain_one_again()
    {
        var saved = SavedDownload.Of(Guid.NewGuid(), new DownloadRequest(Source, "folder/"), priority: 0, isStarted: false, DownloadState.Queued);
        Assert.False(saved.HadHeaders || saved.HadRefreshUri);
        Assert.Equal(Path.GetFullPath("folder/"), saved.ToRequest().Destination);
        Assert.Equal(NetworkRequirement.Any, saved.ToRequest().Network);
    }

    [Fact]
    public void An_address_that_was_not_remembered_is_nowhere()
    {
        var scene = new QueueScene();
        using (var queue = scene.Open())
        {
            queue.Add(SavedDownload.Of(Guid.NewGuid(), Full, priority: 0, isStarted: false, DownloadState.Queued) with { Source = null });
        }

        Assert.DoesNotContain("host.example", System.Text.Encoding.UTF8.GetString(scene.Bytes), StringComparison.Ordinal);
        var saved = Assert.Single(QueueScene.Left(scene.Disk));
        Assert.Null(saved.Source);
        Assert.Throws<InvalidOperationException>(() => saved.ToRequest());
        Assert.Contains("not remembered", saved.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_queue_file_holds_of_header_fields_is_that_there_were_some()
    {
        var scene = new QueueScene();
        using var queue = scene.Open();
        queue.Add(SavedDownload.Of(Guid.NewGuid(), Full, priority: 0, isStarted: false, DownloadState.Queued));
        Assert.DoesNotContain("Bearer", System.Text.Encoding.UTF8.GetString(scene.Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_text_names_no_secret()
    {
        var text = SavedDownload.Of(Guid.NewGuid(), Full, priority: 0, isStarted: false, DownloadState.Queued).ToString();
        Assert.Equal($"https://host.example/file.bin [100, 300) -> {Full.Destination}", text);
    }
}
