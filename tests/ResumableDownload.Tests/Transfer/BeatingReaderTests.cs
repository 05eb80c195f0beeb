using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>A reader that wakes up now and then while nothing comes.</summary>
public sealed class BeatingReaderTests : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly ManualStream _stream = new();
    private readonly BeatingReader _reader;
    private readonly byte[] _buffer = new byte[100];

    public BeatingReaderTests() => _reader = new(_stream, _time);

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    [Fact]
    public async Task A_read_that_ends_at_once_is_passed_on()
    {
        _stream.Ready = 7;
        Assert.Equal(7, await ReadAsync());
        Assert.False(_reader.IsPending);
    }

    [Fact]
    public async Task While_nothing_comes_it_beats_and_the_read_stays_pending()
    {
        for (var beat = 0; beat < 5; beat++)
        {
            var read = ReadAsync();
            Assert.False(read.IsCompleted);
            _time.Advance(Beat);
            Assert.Equal(BeatingReader.Beat, await read);
            Assert.True(_reader.IsPending);
        }

        var last = ReadAsync();
        _stream.End(42);
        Assert.Equal(42, await last);
        Assert.False(_reader.IsPending);
        Assert.Equal(1, _stream.Reads);
    }

    [Fact]
    public async Task A_read_that_ends_between_two_calls_is_found_by_the_next()
    {
        var read = ReadAsync();
        _time.Advance(Beat);
        Assert.Equal(BeatingReader.Beat, await read);
        _stream.End(9);
        Assert.Equal(9, await ReadAsync());
        Assert.Equal(1, _stream.Reads);
    }

    [Fact]
    public async Task Bytes_come_before_a_beat_that_is_due_too()
    {
        var read = ReadAsync();
        _time.Advance(Beat);
        await read;
        _stream.End(9);
        _time.Advance(Beat);
        Assert.Equal(9, await ReadAsync());

        // Neither is lost nor told twice.
        var next = ReadAsync();
        Assert.False(next.IsCompleted);
        _stream.End(0);
        Assert.Equal(0, await next);
    }

    [Fact]
    public async Task A_read_that_fails_fails_once_and_the_next_begins_anew()
    {
        var read = ReadAsync();
        _time.Advance(Beat);
        await read;
        var failing = ReadAsync();
        _stream.Fail(new IOException("cut"));
        await Assert.ThrowsAsync<IOException>(() => failing);
        Assert.False(_reader.IsPending);

        var next = ReadAsync();
        _stream.End(3);
        Assert.Equal(3, await next);
    }

    [Fact]
    public async Task A_disposed_reader_beats_no_more_and_still_finishes_its_read()
    {
        var read = ReadAsync();
        _reader.Dispose();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(read.IsCompleted);
        _stream.End(5);
        Assert.Equal(5, await read);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_read_that_was_told_to_end_is_waited_for_two_seconds_and_no_longer(bool ends)
    {
        var read = ReadAsync();
        _time.Advance(Beat);
        await read;
        var end = End();
        for (var beat = 1; beat < 40; beat++)
        {
            _time.Advance(Beat);
            Assert.False(end.IsCompleted);
        }

        Inline.Run(ends ? () => _stream.End(5) : () => _time.Advance(Beat));
        Assert.True(end.IsCompleted);
        Assert.Equal((ends, !ends), (await end, _reader.IsPending));
    }

    [Fact]
    public async Task Where_no_read_is_pending_there_is_nothing_to_wait_for()
    {
        _stream.Ready = 7;
        await ReadAsync();
        Assert.True(await _reader.EndAsync());
        Assert.Equal(1, _stream.Reads);
    }

    [Fact]
    public async Task A_read_that_fails_when_told_to_end_has_ended()
    {
        var read = ReadAsync();
        _time.Advance(Beat);
        await read;
        var end = End();
        Inline.Run(() => _stream.Fail(new OperationCanceledException()));
        Assert.True(await end);
    }

    /// <summary>The beat and the end of a read race each other from two threads; nothing may be lost, doubled or left hanging.</summary>
    [Fact]
    public async Task A_race_of_beats_and_reads_loses_nothing()
    {
        const int Rounds = 3000;
        using var go = new SemaphoreSlim(0);
        var ends = Task.Run(async () =>
        {
            for (var round = 1; round <= Rounds; round++)
            {
                await go.WaitAsync();
                _stream.End(round);
            }
        });
        using var stop = new CancellationTokenSource();
        var beats = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                _time.Advance(Beat);
            }
        });

        for (var round = 1; round <= Rounds; round++)
        {
            var read = ReadAsync();
            go.Release();
            int count;
            while ((count = await read) == BeatingReader.Beat)
            {
                read = ReadAsync();
            }

            Assert.Equal(round, count);
        }

        await stop.CancelAsync();
        await Task.WhenAll(ends, beats).WaitAsync(Patience);
        Assert.Equal(Rounds, _stream.Reads);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_read_allocates_nothing(bool endsAtOnce)
    {
        _stream.Ready = endsAtOnce ? 10 : null;
        _stream.EndsOnceAwaited = 10;
        var least = long.MaxValue;

        // The runtime may take something once, while it makes hot code faster; what a read takes is taken each time.
        for (var round = 0; round < 4; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var read = ReadManyAsync(10_000);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(100_000, await read);
        }

        // And the loop itself something each time, as a state machine does in a debug build.
        Assert.InRange(least, 0, 1000);
    }

    private Task<bool> End()
    {
        var end = Task.FromResult(false);
        Inline.Run(() => end = _reader.EndAsync().AsTask());
        return end;
    }

    private async ValueTask<int> ReadManyAsync(int times)
    {
        var total = 0;
        for (var time = 0; time < times; time++)
        {
            total += await _reader.ReadAsync(_buffer, CancellationToken.None).ConfigureAwait(false);
        }

        return total;
    }

    private async Task<int> ReadAsync() => await _reader.ReadAsync(_buffer, CancellationToken.None).AsTask().WaitAsync(Patience).ConfigureAwait(false);
}
