using System.Net;
using System.Net.Sockets;
using ResumableDownload.Transport;

namespace ResumableDownload.IntegrationTests;

/// <summary>A connection that gathers loses nothing, and holds nothing back that somebody waits for.</summary>
public sealed class GatheringStreamTests
{
    private const int Large = 1 << 20;

    // The watch looks every 30 ms; without it such a read waits for ever. The bound leaves a busy machine its time.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Every_byte_comes_in_its_place_whatever_the_pace()
    {
        await using var pair = await Pair.ConnectAsync();
        var random = new Random(1);
        var content = new byte[6_000_000];
        random.NextBytes(content);
        var received = new byte[content.Length + 1];

        var sending = pair.SendAsync(content, random);
        var count = 0;
        for (var read = -1; read != 0; count += read)
        {
            read = await pair.Reader.ReadAsync(received.AsMemory(count, Math.Min(received.Length - count, random.Next(1, Large)))).AsTask().WaitAsync(Soon);
        }

        await sending;
        Assert.Equal(content, received[..count]);
    }

    [Fact]
    public async Task A_few_bytes_after_a_fast_piece_are_seen_soon()
    {
        await using var pair = await Pair.RaisedAsync();
        var read = pair.Reader.ReadAsync(new byte[Large]).AsTask();

        await pair.Sender.SendAsync(new byte[100]);

        Assert.Equal(100, await read.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_small_read_waits_for_no_more_than_a_byte()
    {
        await using var pair = await Pair.RaisedAsync();
        var read = pair.Reader.ReadAsync(new byte[100]).AsTask();

        Assert.Equal(1, pair.Mark);
        await pair.Sender.SendAsync(new byte[1]);

        Assert.Equal(1, await read.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_close_is_the_end_and_what_came_before_it_is_read()
    {
        await using var pair = await Pair.RaisedAsync();
        var read = pair.Reader.ReadAsync(new byte[Large]).AsTask();

        await pair.Sender.SendAsync(new byte[100]);
        pair.Sender.Shutdown(SocketShutdown.Send);

        Assert.Equal(100, await read.WaitAsync(Soon));
        Assert.Equal(0, await pair.Reader.ReadAsync(new byte[Large]).AsTask().WaitAsync(Soon));
    }

    [Fact]
    public async Task A_reset_is_seen()
    {
        await using var pair = await Pair.RaisedAsync();
        var read = pair.Reader.ReadAsync(new byte[Large]).AsTask();

        pair.Sender.Close(timeout: 0);

        await Assert.ThrowsAsync<IOException>(() => read.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_cancelled_read_ends_at_once()
    {
        await using var pair = await Pair.RaisedAsync();
        using var stop = new CancellationTokenSource();
        var read = pair.Reader.ReadAsync(new byte[Large], stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(Soon));
    }

    private sealed class Pair(Socket receiver, Socket sender) : IAsyncDisposable
    {
        public GatheringStream Reader { get; } = new(receiver, TimeProvider.System);

        public Socket Sender { get; } = sender;

        /// <summary>SO_RCVLOWAT of the reader.</summary>
        public int Mark
        {
            get
            {
                var mark = new byte[sizeof(int)];
                receiver.GetRawSocketOption(1, 18, mark);
                return BitConverter.ToInt32(mark);
            }
        }

        public static async Task<Pair> ConnectAsync()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var receiver = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await receiver.ConnectAsync(listener.LocalEndpoint);
            return new(receiver, await listener.AcceptSocketAsync());
        }

        /// <summary>A connection whose reader has learned that it is fast, and wakes up for large pieces only.</summary>
        public static async Task<Pair> RaisedAsync()
        {
            var pair = await ConnectAsync();
            var piece = new byte[Large];
            for (var round = 0; round < 1000 && pair.Mark == 1; round++)
            {
                await pair.Sender.SendAsync(new byte[1000]);
                await Task.Delay(1);
                await pair.Sender.SendAsync(new byte[100_000]);
                for (var left = 101_000; left > 0;)
                {
                    left -= await pair.Reader.ReadAsync(piece).AsTask().WaitAsync(Soon);
                }
            }

            Assert.True(pair.Mark > 1);
            return pair;
        }

        public async Task SendAsync(byte[] content, Random random)
        {
            for (var sent = 0; sent < content.Length;)
            {
                var length = Math.Min(random.Next(1, 300_000), content.Length - sent);
                await Sender.SendAsync(content.AsMemory(sent, length));
                await Task.Delay(random.Next(3));
                sent += length;
            }

            Sender.Shutdown(SocketShutdown.Send);
        }

        public async ValueTask DisposeAsync()
        {
            await Reader.DisposeAsync();
            Sender.Dispose();
        }
    }
}
