using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ResumableDownload.Benchmarks.SideBySide.Link;

/// <summary>What a link really does: the shortest time to connect, and how fast bytes come over several bare connections.</summary>
internal static class ProbeProgram
{
    public static int Run(string url, int connections)
    {
        var address = new Uri(url);
        var connecting = Enumerable.Range(0, 10).Min(_ => ConnectMs(address));
        var began = Stopwatch.GetTimestamp();
        var received = 0L;
        var threads = Enumerable.Range(0, connections).Select(_ => new Thread(() => Interlocked.Add(ref received, Fetch(address)))).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"connects in {connecting:0.0} ms; {received >> 20} MiB over {connections} bare connections in {seconds:0.00} s: {received * 8 / 1e6 / seconds:0} Mbit/s of payload"));
        return 0;
    }

    private static double ConnectMs(Uri address)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var began = Stopwatch.GetTimestamp();
        socket.Connect(address.Host, address.Port);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static long Fetch(Uri address)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(address.Host, address.Port);
        socket.Send(Encoding.ASCII.GetBytes($"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n"));
        var buffer = new byte[256 << 10];
        var received = 0L;
        for (int count; (count = socket.Receive(buffer)) > 0; received += count)
        {
        }

        return received;
    }
}
