namespace ResumableDownload.IntegrationTests;

/// <summary>Someone or something touched the files that a download left behind.</summary>
public sealed class DamageTests
{
    private const int Length = 2_000_000;
    private const int Kept = 1_200_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    [InlineData(Kept - 1)]
    public async Task A_partial_file_cut_short_loses_only_what_is_gone(int left)
    {
        await using var scene = await InterruptedAsync();
        using (var partial = File.Open(scene.Partial, FileMode.Open))
        {
            partial.SetLength(left);
        }

        await FinishesAsync(scene);
    }

    public static TheoryData<int, PartialVerification> Edits => Matrix.Of([0, 600_000, Kept - 1], Enum.GetValues<PartialVerification>());

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task A_partial_file_edited_by_someone_is_caught(int at, PartialVerification verification)
    {
        await using var scene = await InterruptedAsync();
        scene.Options.VerifyPartial = verification;
        using (var partial = File.Open(scene.Partial, FileMode.Open))
        {
            partial.Position = at;
            partial.WriteByte((byte)(scene.Origin.Resource.Bytes[at] ^ 0x40));
        }

        await FinishesAsync(scene);
    }

    [Fact]
    public async Task A_partial_file_that_is_gone_is_fetched_again()
    {
        await using var scene = await InterruptedAsync();
        File.Delete(scene.Partial);

        await FinishesAsync(scene);
        Assert.Equal(Length, scene.Origin.BodyBytesSent);
    }

    [Fact]
    public async Task A_journal_that_is_gone_leaves_nothing_to_believe()
    {
        await using var scene = await InterruptedAsync();
        File.Delete(scene.Journal);

        await FinishesAsync(scene);
        Assert.Equal(Length, scene.Origin.BodyBytesSent);
    }

    [Fact]
    public async Task A_partial_file_longer_than_its_journal_is_cut_to_what_is_proved()
    {
        await using var scene = await InterruptedAsync();
        await File.AppendAllBytesAsync(scene.Partial, new byte[5_000_000]);

        await FinishesAsync(scene);
    }

    [Fact]
    public async Task A_journal_cut_at_any_byte_still_finishes_right()
    {
        await using var scene = await InterruptedAsync();
        var journal = await File.ReadAllBytesAsync(scene.Journal);
        var partial = await File.ReadAllBytesAsync(scene.Partial);
        foreach (var cut in Enumerable.Range(0, 24).Select(step => journal.Length * step / 24))
        {
            await File.WriteAllBytesAsync(scene.Journal, journal[..cut]);
            await File.WriteAllBytesAsync(scene.Partial, partial);
            await FinishesAsync(scene);
        }
    }

    [Fact]
    public async Task A_journal_with_any_bit_flipped_still_finishes_right()
    {
        await using var scene = await InterruptedAsync();
        var journal = await File.ReadAllBytesAsync(scene.Journal);
        var partial = await File.ReadAllBytesAsync(scene.Partial);
        var random = new Random(7);
        for (var round = 0; round < 24; round++)
        {
            var damaged = journal.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(scene.Journal, damaged);
            await File.WriteAllBytesAsync(scene.Partial, partial);
            await FinishesAsync(scene);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData("not json at all")]
    [InlineData("{}\n")]
    [InlineData("{\"format\":1}\n")]
    [InlineData("{\"format\":\"one\"}\n")]
    [InlineData("{\"format\":-1,\"c\":\"00000000\"}\n")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public async Task A_journal_of_nonsense_is_no_journal(string text)
    {
        await using var scene = await InterruptedAsync();
        await File.WriteAllTextAsync(scene.Journal, text);

        Assert.Null(ResumableDownloader.Inspect(scene.Destination));
        await FinishesAsync(scene);
    }

    [Fact]
    public async Task A_journal_of_a_newer_format_is_refused_and_left_alone()
    {
        await using var scene = await InterruptedAsync();
        await File.WriteAllTextAsync(scene.Journal, "{\"format\":2,\"generation\":\"x\",\"anything\":{\"new\":[1,2,3]},\"c\":\"0badcafe\"}\n{\"more\":true}\n");
        var (journal, partial) = (await File.ReadAllBytesAsync(scene.Journal), await File.ReadAllBytesAsync(scene.Partial));

        Assert.Equal(DownloadFailure.NewerCheckpoint, (await scene.FailAsync()).Failure);

        Assert.Empty(scene.Requests);
        Assert.Equal(journal, await File.ReadAllBytesAsync(scene.Journal));
        Assert.Equal(partial, await File.ReadAllBytesAsync(scene.Partial));
    }

    [Fact]
    public async Task A_journal_of_another_download_is_not_believed()
    {
        await using var scene = await InterruptedAsync();
        await using var other = new Scene(Resource.Version(3, Length));
        await other.LeaveAsync(Kept);
        File.Copy(other.Journal, scene.Journal, overwrite: true);

        await FinishesAsync(scene);
    }

    [Fact]
    public async Task A_destination_committed_by_a_run_that_died_before_tidying_up_is_fetched_again_or_recognised()
    {
        await using var scene = await InterruptedAsync();
        var journal = await File.ReadAllBytesAsync(scene.Journal);
        await FinishesAsync(scene);
        await File.WriteAllBytesAsync(scene.Journal, journal);
        scene.Origin.Resource = Resource.Version(2, Length);

        await FinishesAsync(scene);
    }

    private static async Task<Scene> InterruptedAsync()
    {
        var scene = new Scene(Resource.Version(1, Length));
        await scene.LeaveAsync(Kept);
        return scene;
    }

    private static async Task FinishesAsync(Scene scene)
    {
        await scene.DownloadAsync();
        scene.AssertHolds(scene.Origin.Resource);
    }
}
