using ResumableDownload.Integrity;
using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>Several segments write one generation at once.</summary>
public sealed class SideBySideTests
{
    private readonly StorageBench _bench = new();

    [Fact]
    public async Task Writers_in_many_threads_lose_no_claim_and_the_sums_combine_to_that_of_the_whole()
    {
        using var file = await _bench.BeginAsync(length: 20_000);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var at = writer * 2500; at < (writer + 1) * 2500; at += 50)
            {
                await _bench.WriteAsync(file, at, at + 50);
            }
        })));

        Assert.True(file.Checkpoint!.IsWhole);
        Assert.True(_bench.Claims().IsWhole);
        Assert.Equal(400, _bench.Claims().Runs.Count);
        Assert.Equal(Crc32C.Of(_bench.Content), file.SumOfAll(SumKind.Crc32C));
        Assert.Equal(_bench.Content, _bench.Disk.Bytes(_bench.Paths.Partial));
    }

    [Fact]
    public async Task What_is_learned_while_others_write_is_kept_with_what_they_write()
    {
        using var file = await _bench.BeginAsync(length: 20_000);

        await Task.WhenAll(
            Task.Run(async () =>
            {
                for (var at = 0; at < 20_000; at += 20)
                {
                    await _bench.WriteAsync(file, at, at + 20);
                }
            }),
            Task.Run(() => file.NoteTraitsAsync(OriginTraits.IgnoresIfRange).AsTask()),
            Task.Run(() => file.NoteTraitsAsync(OriginTraits.IgnoresIfMatch).AsTask()));

        Assert.Equal(OriginTraits.IgnoresIfRange | OriginTraits.IgnoresIfMatch, file.Checkpoint!.Traits);
        Assert.True(_bench.Claims().IsWhole);
        Assert.Equal(file.Checkpoint.Traits, _bench.Claims().TraitsAt(_bench.Time.GetUtcNow()));
    }

    /// <summary>The dead writer's last bytes may lie in a gap; that does not make a stranger of the file.</summary>
    [Fact]
    public async Task A_kill_between_a_write_into_a_gap_and_its_line_has_nothing_read_again_that_was_flushed()
    {
        using (var file = await _bench.BeginAsync(length: 20_000))
        {
            for (var at = 5000; at < 10_000; at += 100)
            {
                await _bench.WriteAsync(file, at, at + 100);
            }

            _bench.LetFlushBecomeDue();
            await _bench.WriteAsync(file, 10_000, 10_100);
        }

        _bench.Time.Advance(TimeSpan.FromMilliseconds(100));
        using (var raw = _bench.Disk.OpenLocked(_bench.Paths.Partial))
        {
            await raw.WriteAsync(0, _bench.Content.AsMemory(0, 1000));
        }

        using var resumed = await _bench.OpenAsync();

        Assert.Equal(5100, resumed.Kept!.Received.Length);
        Assert.InRange(_bench.Disk.BytesRead(_bench.Paths.Partial), 1, 1000);
    }
}
