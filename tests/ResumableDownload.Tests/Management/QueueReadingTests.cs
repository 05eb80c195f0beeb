using System.Text;
using ResumableDownload.Management;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>Whatever happens to a queue file, nothing is believed that it did not say when it was written.</summary>
public sealed class QueueReadingTests
{
    private readonly QueueScene _scene = new();
    private readonly List<(int Length, IReadOnlyList<SavedDownload> Left)> _written = [];

    [Fact]
    public void A_file_cut_at_any_byte_leaves_its_whole_lines()
    {
        var bytes = Write();
        for (var length = 1; length < bytes.Length; length++)
        {
            var expected = Before(length);
            using var queue = Reopen(bytes[..length]);
            Assert.Equal(expected ?? [], queue.Downloads());
            Assert.Equal(expected is null, queue.DamagedPath is not null);
            Assert.Equal(expected is not null && !_written.Exists(state => state.Length == length), queue.IsCutOff);
        }
    }

    [Fact]
    public void Any_flipped_bit_leaves_the_lines_before_it()
    {
        var bytes = Write();
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var damaged = bytes.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            var left = Read(damaged);

            // The digits of a proof may change their case without harm.
            if (left is null || !left.SequenceEqual(_written[^1].Left))
            {
                Assert.Equal(Before(bit / 8), left);
            }
        }
    }

    [Fact]
    public void A_stale_block_of_another_generation_is_not_believed()
    {
        var bytes = Write();
        var stale = new QueueReadingTests().Write();
        Assert.Equal(bytes.Length, stale.Length);
        for (var at = bytes.AsSpan().CommonPrefixLength(stale) + 1; at < bytes.Length; at++)
        {
            foreach (var end in new[] { Math.Min(bytes.Length, at + 200), bytes.Length })
            {
                byte[] spliced = [.. bytes[..at], .. stale[at..end], .. bytes[end..]];
                var same = spliced.AsSpan().CommonPrefixLength(bytes);
                Assert.Equal(Before(same), Read(spliced));
            }
        }
    }

    [Fact]
    public void Whole_lines_of_another_generation_at_their_own_place_are_not_believed()
    {
        var bytes = Write();
        var stale = new QueueReadingTests().Write();
        foreach (var (length, left) in _written)
        {
            using var queue = Reopen([.. bytes[..length], .. stale[length..]]);
            Assert.Equal(left, queue.Downloads());
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("hello")]
    [InlineData("{}\n")]
    [InlineData("{\"format\":0}\n")]
    [InlineData("{\"format\":1,\"kind\":\"queue\",\"generation\":\"a\"}\n")]
    [InlineData("{\"format\":1,\"kind\":\"queue\",\"generation\":\"a\",\"c\":\"00000000\"}\n")]
    [InlineData("{\"format\":1,\"kind\":null,\"generation\":null,\"c\":\"00000000\"}\n")]
    [InlineData("\0\0\0\0\n")]
    public void What_is_no_queue_file_is_put_aside(string text)
    {
        _scene.Disk.Put(QueueScene.Paths.Damaged, "an older one"u8);

        using var queue = Reopen(Encoding.UTF8.GetBytes(text));

        Assert.Empty(queue.Downloads());
        Assert.Equal(QueueScene.Paths.Damaged, queue.DamagedPath);
        Assert.Equal(text, Encoding.UTF8.GetString(_scene.Disk.Bytes(QueueScene.Paths.Damaged)!));
        queue.Add(QueueScene.Download(1));
        Assert.Equal([QueueScene.Download(1)], _scene.Left());
    }

    /// <summary>Its lines prove themselves in the same way.</summary>
    [Fact]
    public void A_checkpoint_is_no_queue_file_and_a_queue_file_no_checkpoint()
    {
        var checkpoint = ForgedJournal.Of(ForgedJournal.Header, "{'length':1000");
        Assert.IsType<QueueReading.Damaged>(QueueReading.Of(checkpoint));
        Assert.IsType<QueueReading.Damaged>(QueueReading.Of(ForgedJournal.Of($"{{\"format\":1,\"kind\":\"other\",\"generation\":\"{ForgedJournal.Header.Generation}\"")));
        Assert.IsType<JournalReading.Damaged>(JournalFold.Read(Write()));
    }

    [Fact]
    public void An_empty_file_is_as_good_as_none()
    {
        using var queue = Reopen([]);
        Assert.Null(queue.DamagedPath);
        Assert.False(queue.IsCutOff);
    }

    /// <summary>Else no manager could open it any more.</summary>
    [Fact]
    public void A_flipped_bit_in_the_format_is_damage_and_no_newer_version()
    {
        var bytes = Write();
        for (var bit = 0; bit < 8; bit++)
        {
            var damaged = bytes.ToArray();
            damaged["{\"format\":".Length] ^= (byte)(1 << bit);
            Assert.IsType<QueueReading.Damaged>(QueueReading.Of(damaged));
        }
    }

    [Theory]
    [InlineData("{\"format\":2}")]
    [InlineData("{\"format\":2,\"shape\":[1,2],\"c\":\"zz\"}\nanything\n")]
    [InlineData("{\"format\":2147483647,\"kind\":17}\n")]
    public void A_file_of_a_newer_format_is_refused_and_left_as_it_is(string text)
    {
        _scene.Disk.Put(QueueScene.Path, Encoding.UTF8.GetBytes(text));

        var failure = Assert.Throws<DownloadException>(() => _scene.Open());

        Assert.Equal(DownloadFailure.NewerCheckpoint, failure.Failure);
        Assert.Equal(text, Encoding.UTF8.GetString(_scene.Bytes));
        Assert.Equal([QueueScene.Path], _scene.Disk.Names);
        Assert.Equal(0, _scene.Disk.OpenFiles);
    }

    /// <summary>Somebody who can write the file can make proofs that hold.</summary>
    [Theory]
    [InlineData("{'ended':'00000009-0000-0000-0102-030405060708'")]
    [InlineData("{'changed':'00000009-0000-0000-0102-030405060708','state':'paused'")]
    [InlineData("{'changed':'00000009-0000-0000-0102-030405060708','priority':1")]
    [InlineData("{'added':'00000001-0000-0000-0102-030405060708','order':5,'state':'queued','destination':'/b'")]
    [InlineData("{'added':'00000009-0000-0000-0102-030405060708','order':1,'state':'queued','destination':'/b'")]
    public void A_line_that_cannot_follow_those_before_it_is_not_believed(string odd)
    {
        const string Header = "{\"format\":1,\"kind\":\"queue\",\"generation\":\"0123456789abcdef0123456789abcdef\"";
        const string First = "{'added':'00000001-0000-0000-0102-030405060708','order':1,'state':'queued','destination':'/a'";
        const string Second = "{'added':'00000002-0000-0000-0102-030405060708','order':7,'state':'queued','destination':'/c'";

        using var queue = Reopen(ForgedJournal.Of(Header, First, odd, Second));

        Assert.Equal("/a", Assert.Single(queue.Downloads()).Destination);
        Assert.True(queue.IsCutOff);
    }

    private static IReadOnlyList<SavedDownload>? Read(byte[] bytes) =>
        QueueReading.Of(bytes) is QueueReading.Held { Content: var content } ? [.. content.Entries.Select(static entry => entry.Download)] : null;

    /// <summary>A dozen lines of all sorts.</summary>
    private byte[] Write()
    {
        using var queue = _scene.Open();
        Note();
        for (var number = 1; number <= 5; number++)
        {
            queue.Add(QueueScene.Download(number));
            Note();
        }

        Action[] changes =
        [
            () => queue.SetState(QueueScene.Download(1).Id, DownloadState.Queued),
            () => queue.SetState(QueueScene.Download(2).Id, DownloadState.Paused),
            () => queue.SetPriority(QueueScene.Download(3).Id, -7),
            () => queue.End(QueueScene.Download(1).Id),
            () => queue.SetState(QueueScene.Download(4).Id, DownloadState.Failed),
            () => queue.Add(QueueScene.Download(6)),
        ];
        foreach (var change in changes)
        {
            change();
            Note();
        }

        return _scene.Bytes;

        void Note() => _written.Add((_scene.Bytes.Length, queue.Downloads()));
    }

    /// <summary>What the whole lines before a byte leave; <see langword="null"/> when not even the first is before it.</summary>
    private IReadOnlyList<SavedDownload>? Before(int at) => _written.LastOrDefault(state => state.Length <= at).Left;

    private QueueFile Reopen(byte[] bytes)
    {
        _scene.Disk.Put(QueueScene.Path, bytes);
        return _scene.Open();
    }
}
