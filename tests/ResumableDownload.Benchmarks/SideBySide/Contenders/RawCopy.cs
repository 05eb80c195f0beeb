using System.Net.Sockets;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ResumableDownload.Benchmarks.SideBySide.Contenders;

/// <summary>As little as possible: one request by hand, and blocking reads and writes.</summary>
internal static class RawCopy
{
    public static int Run(string url, string file)
    {
        var address = new Uri(url);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(address.Host, address.Port);
        socket.Send(Encoding.ASCII.GetBytes($"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n"));
        using var target = File.OpenHandle(file, FileMode.Create, FileAccess.Write, FileShare.None);
        Copy(socket, target);
        return 0;
    }

    private static void Copy(Socket socket, SafeFileHandle target)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(256 << 10);
        var filled = 0;
        int end;
        while ((end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            filled += socket.Receive(buffer.AsSpan(filled)) is var more and > 0 ? more : throw new IOException("The connection was closed within the head.");
        }

        if (!buffer.AsSpan().StartsWith("HTTP/1.1 200"u8))
        {
            throw new IOException(Encoding.ASCII.GetString(buffer, 0, end));
        }

        var written = (long)filled - end - 4;
        RandomAccess.Write(target, buffer.AsSpan(end + 4, (int)written), 0);
        for (int count; (count = socket.Receive(buffer)) > 0; written += count)
        {
            RandomAccess.Write(target, buffer.AsSpan(0, count), written);
        }
    }
}
