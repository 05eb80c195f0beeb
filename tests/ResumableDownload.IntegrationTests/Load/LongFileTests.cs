using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

/// <summary>A file beyond 32 bits, when <c>LONG_FILE_GIB=64</c> in the environment says how long: it needs as much room on the disk, and some minutes.</summary>
[Collection(nameof(Alone))]
public sealed class LongFileTests(ITestOutputHelper output)
{
    private const int MiB = 1 << 20;

    [LongFileFact]
    public async Task Killed_near_its_end_it_goes_on_at_once_and_every_byte_is_where_it_belongs()
    {
        var length = LongFileFactAttribute.Length!.Value;
        var killAt = length - (length / 16);
        using var nginx = await Nginx.StartAsync();
        using var folder = new TempFolder();
        Sow(Path.Combine(nginx.Root, "long.bin"), length);
        using (var first = Demo.Start(nginx.UrlOf("long.bin"), folder["long.bin"]))
        {
            await Wait.UntilAsync(() => first.HasExited || ResumableDownloader.Inspect(folder["long.bin"])?.Received >= killAt, "nearly all is kept", TimeSpan.FromMinutes(30));
            Assert.False(first.HasExited);
            output.WriteLine($"memory of the process that is killed: {first.PeakMemory / MiB} MiB");
            first.Kill();
        }

        output.WriteLine($"journal: {new FileInfo(folder["long.bin.partial.checkpoint"]).Length / 1024} KiB");
        var (watch, written) = (Stopwatch.StartNew(), File.GetLastWriteTimeUtc(folder["long.bin.partial"]));
        using var demo = Demo.Start(nginx.UrlOf("long.bin"), folder["long.bin"]);
        await Wait.UntilAsync(() => demo.HasExited || File.GetLastWriteTimeUtc(folder["long.bin.partial"]) > written, "it goes on", TimeSpan.FromMinutes(1));
        output.WriteLine($"first new byte on the disk after {watch.Elapsed.TotalSeconds:0.0} s");
        var report = await demo.EndAsync(TimeSpan.FromMinutes(30));

        Assert.Equal((0, "whole"), (report.ExitCode, report.Status));
        Assert.InRange(report.ResumedFrom, killAt - (64 * MiB), length);
        AssertSame(Path.Combine(nginx.Root, "long.bin"), folder["long.bin"]);
        output.WriteLine($"{nginx.BodyBytesSent - length} bytes sent again");
    }

    // Mostly holes; something to know the place by at each edge.
    private static void Sow(string path, long length)
    {
        using var file = File.Create(path);
        file.SetLength(length);
        foreach (var edge in (long[])[0, int.MaxValue, uint.MaxValue, length / 2, length - (length / 16), length - MiB])
        {
            file.Position = Math.Max(0, Math.Min(edge - 1000, length - MiB));
            file.Write(Resource.Content((int)(edge % 1009), MiB));
        }
    }

    private static void AssertSame(string expected, string actual)
    {
        using var one = File.OpenRead(expected);
        using var other = File.OpenRead(actual);
        Assert.Equal(one.Length, other.Length);
        var (left, right) = (new byte[16 * MiB], new byte[16 * MiB]);
        while (one.ReadAtLeast(left, left.Length, throwOnEndOfStream: false) is > 0 and var count)
        {
            other.ReadExactly(right, 0, count);
            Assert.True(left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, count)), string.Create(CultureInfo.InvariantCulture, $"The file differs before {one.Position}."));
        }
    }
}
