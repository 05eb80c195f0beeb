using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ResumableDownload.Benchmarks.SideBySide.Measuring;

/// <summary>What .NET has no call for: what a child used, signals, and adopting grandchildren.</summary>
internal static partial class LinuxCalls
{
    private const int SetChildSubreaper = 36;
    private const int SetTimerSlack = 29;

    /// <summary>Makes this process the parent of what its children leave behind.</summary>
    public static void AdoptOrphans() => Check(Control(SetChildSubreaper, 1, 0, 0, 0));

    /// <summary>Lets sleeps of the calling thread end on time, and not 50 microseconds later.</summary>
    public static void SleepExactly() => Check(Control(SetTimerSlack, 1, 0, 0, 0));

    public static void Sleep(TimeSpan time)
    {
        Span<long> wanted = [(long)time.TotalSeconds, time.Ticks % TimeSpan.TicksPerSecond * 100];
        _ = NanoSleep(in wanted[0], 0);
    }

    public static void Send(int process, int signal) => _ = Kill(process, signal);

    /// <summary>Waits for a child; its status as wait(2) gives it, and its resource usage as getrusage(2) does: two times of two numbers, then the peak in KiB.</summary>
    public static int Wait(int process, out long[] usage)
    {
        usage = new long[18];
        int waited;
        int status;
        do
        {
            waited = Wait4(process, out status, 0, usage);
        }
        while (waited < 0 && Marshal.GetLastPInvokeError() == 4);
        Check(waited);
        return status;
    }

    /// <summary>Whether a byte other than zero is at an offset of a file; .NET's own opening would lock the file against its writer.</summary>
    public static bool HasByte(string path, long offset)
    {
        using var handle = new SafeFileHandle(Open(path, 0), ownsHandle: true);
        Span<byte> read = [0];
        return !handle.IsInvalid && RandomAccess.Read(handle, read, offset) == 1 && read[0] != 0;
    }

    public static void Check(int result)
    {
        if (result < 0)
        {
            throw new System.ComponentModel.Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nint value, nint third, nint fourth, nint fifth);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "nanosleep", SetLastError = true)]
    private static partial int NanoSleep(in long wanted, nint left);

    [LibraryImport("libc", EntryPoint = "wait4", SetLastError = true)]
    private static partial int Wait4(int process, out int status, int options, [Out] long[] usage);
}
