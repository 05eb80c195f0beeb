using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using ResumableDownload.Benchmarks.SideBySide.Measuring;

namespace ResumableDownload.Benchmarks.SideBySide.Link;

/// <summary>A network interface of which this process is the wire.</summary>
internal sealed partial class TunDevice : IDisposable
{
    /// <summary>What lies before each packet: how it is still to be cut and summed (struct virtio_net_hdr).</summary>
    public const int HeadLength = 10;

    public const int LongestFrame = HeadLength + 65536;

    private const uint SetInterface = 0x400454ca;
    private const uint SetOffload = 0x400454d0;
    private const short TunWithoutInfoWithHead = 0x0001 | 0x1000 | 0x4000;
    private const nint SumsAndSegments = 0x01 | 0x02;

    private readonly SafeFileHandle _handle = File.OpenHandle("/dev/net/tun", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

    /// <summary>Opens an interface, which is gone with this process.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isGathered">Whether the kernel hands over up to 64 KiB of a connection as one, as network cards let it; otherwise packets.</param>
    public TunDevice(string name, bool isGathered)
    {
        var request = new byte[40];
        Encoding.ASCII.GetBytes(name, request);
        BitConverter.TryWriteBytes(request.AsSpan(16), TunWithoutInfoWithHead);
        LinuxCalls.Check(Control(_handle, SetInterface, request));
        LinuxCalls.Check(Control(_handle, SetOffload, isGathered ? SumsAndSegments : 0));
    }

    public int Read(Span<byte> frame)
    {
        var count = Read(_handle, frame, frame.Length);
        LinuxCalls.Check((int)count);
        return (int)count;
    }

    // An interface that is down, or a queue that is full, loses packets as a wire does.
    public void Write(ReadOnlySpan<byte> frame) => _ = Write(_handle, frame, frame.Length);

    public void Dispose() => _handle.Dispose();

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle handle, nuint request, byte[] argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle handle, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle handle, Span<byte> frame, nint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle handle, ReadOnlySpan<byte> frame, nint length);
}
