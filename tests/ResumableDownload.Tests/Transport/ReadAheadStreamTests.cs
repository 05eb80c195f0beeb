using ResumableDownload.Transport;

namespace ResumableDownload.Tests.Transport;

public class ReadAheadStreamTests
{
    private const int Record = 16_413;

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Every_byte_comes_once_and_in_order_whatever_is_asked_for(int seed, bool asynchronous)
    {
        var random = new Random(seed);
        var sent = new byte[1_000_000];
        random.NextBytes(sent);
        using var stream = new ReadAheadStream(new MemoryStream(sent));
        using var came = new MemoryStream();
        var buffer = new byte[100_000];
        for (var count = 1; count > 0;)
        {
            var asked = buffer.AsMemory(0, random.Next(1, buffer.Length));
            count = asynchronous ? await stream.ReadAsync(asked) : stream.Read(asked.Span);
            came.Write(buffer, 0, count);
        }

        Assert.Equal(sent, came.ToArray());
    }

    [Fact]
    public async Task Records_that_are_there_together_are_fetched_by_one_call()
    {
        var connection = new CountingConnection(3 * Record);
        using var stream = new ReadAheadStream(connection);

        for (var record = 0; record < 3; record++)
        {
            Assert.Equal(Record, await stream.ReadAsync(new byte[Record]));
        }

        Assert.Equal(1, connection.Calls);
    }

    [Fact]
    public async Task What_has_come_is_handed_on_without_waiting_for_more()
    {
        using var stream = new ReadAheadStream(new CountingConnection(5));

        Assert.Equal(5, await stream.ReadAsync(new byte[Record]));
    }

    [Fact]
    public async Task An_empty_read_waits_for_the_connection_and_takes_nothing()
    {
        var connection = new CountingConnection(5);
        using var stream = new ReadAheadStream(connection);

        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty));

        Assert.Equal((1, 0L), (connection.Calls, connection.Position));
    }

    private sealed class CountingConnection(int length) : MemoryStream(new byte[length])
    {
        public int Calls { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Calls++;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
