using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>One line for each meaningful thing, and none for each buffer.</summary>
public sealed class LogTests : IDisposable
{
    private const int Learned = 8;
    private const int DigestDiffers = 17;
    private const int Stalled = 20;
    private const int Buffered = 21;
    private const int Failed = 22;
    private const int Cancelled = 23;

    private static readonly ResourceVersion Version = ResourceVersion.Random(100_000, 1, "\"v1\"");

    private readonly Bench _bench = new(Version);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_download_without_trouble_says_that_it_begins_and_that_it_is_whole()
    {
        _bench.Server.Then(new Conduct { Piece = 100, Pause = TimeSpan.FromMilliseconds(1) });

        await _bench.RunAsync();

        Assert.Equal((1, 1, 1), (_bench.Logger.Count(1), _bench.Logger.Count(9), _bench.Logger.Count(11)));
        Assert.Equal(3, _bench.Logger.Lines.Count());
    }

    [Fact]
    public async Task A_stall_says_what_came_before_it()
    {
        _bench.Server.Then(new Conduct { StallAfter = 40_000 });

        await _bench.RunAsync();

        Assert.Equal(1, _bench.Logger.Count(Stalled));
        Assert.Contains(_bench.Logger.Lines, static line => line.Contains("stalled after 40000 new bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_that_ends_short_without_an_error_is_told_as_a_cut_one()
    {
        _bench.Server.Then(new Conduct { EndsAfter = 40_000 });

        await _bench.RunAsync();

        Assert.Contains(_bench.Logger.Lines, static line => line.Contains("a body ended (Cut) after 40000 new bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_handler_that_keeps_whole_bodies_in_memory_is_told_of_once()
    {
        var buffered = new Conduct { IsBuffered = true };
        _bench.Server.Version = ResourceVersion.Random(4 << 20, 1, "\"v1\"");
        _bench.Server.Then(buffered with { EndsAfter = 2 << 20 }, buffered);

        await _bench.RunAsync();

        Assert.Equal((1, 2), (_bench.Logger.Count(Buffered), _bench.Server.Requests.Length));
        Assert.Contains(_bench.Logger.Lines, static line => line.Contains("keeps whole bodies in memory (2097152 bytes)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_learned_of_an_origin_is_said_once()
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Version = ResourceVersion.Random(100_000, 2, "\"v2\"");
        _bench.Server.Otherwise = new Conduct { IgnoresConditions = true, CutAfter = 30_000 };

        await _bench.RunAsync();

        Assert.Equal(1, _bench.Logger.Count(Learned));
        Assert.Contains("https://origin.test/file.bin: learned that the origin IgnoresIfRange.", _bench.Logger.Lines);
    }

    [Fact]
    public async Task A_file_that_is_not_what_its_digest_says_is_told_of_once_with_who_told_it()
    {
        _bench.Settings = _bench.Settings with { ExpectedDigest = Digest.Parse("crc32c:00000000") };

        await _bench.FailAsync();

        Assert.Equal(1, _bench.Logger.Count(DigestDiffers));
        Assert.Contains("https://origin.test/file.bin: the whole file has not the digest crc32c:00000000 of caller.", _bench.Logger.Lines);
    }

    [Fact]
    public async Task A_failure_says_once_why_and_what_is_kept()
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Otherwise = new Conduct { Status = 404 };

        await _bench.FailAsync();

        // One of them is of the run that kept something.
        Assert.Equal(2, _bench.Logger.Count(Failed));
        Assert.Contains("(NotFound): The server answered 404", _bench.Logger.Lines.Last(), StringComparison.Ordinal);
        Assert.Contains("40000 bytes are kept", _bench.Logger.Lines.Last(), StringComparison.Ordinal);
        Assert.DoesNotContain(_bench.Logger.Lines, static line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_destination_that_is_taken_is_a_failure_too()
    {
        _bench.Existing = ExistingDestination.Fail;
        await _bench.RunAsync();

        await _bench.FailAsync();

        Assert.Equal(1, _bench.Logger.Count(Failed));
    }

    [Fact]
    public async Task Who_cancels_is_told_what_is_kept()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(5), _bench.Time);
        _bench.Server.Then(new Conduct { StallAfter = 40_000 });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.RunAsync(cancellationToken: stop.Token));

        Assert.Equal((1, 0), (_bench.Logger.Count(Cancelled), _bench.Logger.Count(Failed)));
        Assert.Contains("40000 bytes are kept", _bench.Logger.Lines.Last(), StringComparison.Ordinal);
    }
}
