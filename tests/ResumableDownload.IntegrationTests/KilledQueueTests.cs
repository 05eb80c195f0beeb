using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

/// <summary>A process with fifty downloads in flight, killed: another one finishes them all.</summary>
[Collection(nameof(Alone))]
public sealed class KilledQueueTests(ITestOutputHelper output)
{
    private const int Files = 50;
    private const int Length = 2_000_000;
    private const int Kills = 3;

    [Fact]
    public async Task Each_is_right_and_little_is_fetched_again()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = new Conduct { Pieces = (16 * 1024, TimeSpan.FromMilliseconds(10)) } } };
        var paths = Enumerable.Range(0, Files).Select(number => $"/{number}.bin").ToArray();
        foreach (var (number, path) in paths.Index())
        {
            scene.Origin.Resources[path] = Resource.Version(number, Length);
        }

        File.WriteAllText(scene.Folder["list"], string.Join('\n', paths.Select(path => scene.Origin.UrlOf(path))));
        for (var kill = 1; kill <= Kills; kill++)
        {
            var share = kill * (long)Files * Length / (Kills + 2);
            using var killed = Start(scene);
            await Wait.UntilAsync(() => killed.HasExited || scene.Origin.BodyBytesSent >= share, "a part of all is sent");
            Assert.False(killed.HasExited);
            killed.Kill();
        }

        using var last = Start(scene);
        var report = await last.EndListAsync();

        Assert.Equal((0, Files), (report.ExitCode, report.Total.GetProperty("count").GetInt32()));
        Assert.All(paths, path => Assert.Equal(scene.Origin.Resources[path].Bytes, File.ReadAllBytes(scene.Folder["out" + path])));
        Assert.Equal(Files, Directory.GetFiles(scene.Folder["out"]).Length);
        var again = scene.Origin.BodyBytesSent - ((long)Files * Length);
        output.WriteLine($"{again} bytes sent again in all, {again / (double)(Files * Kills):0} for each download and kill");

        // What had come within the last 200 ms (a body brings 1.6 MB/s), and what the sockets held.
        Assert.InRange(again, 0, Files * Kills * 600_000L);
    }

    private static Demo Start(Scene scene) =>
        Demo.StartIn(scene.Folder.Path, "-i", scene.Folder["list"], "-o", scene.Folder["out"], "--state", scene.Folder["state"], "-j", $"{Files}", "-n", "1", "--json");
}
