using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

/// <summary>
/// The built program, killed at random moments while nginx sends to it: in its first bytes, in mid-file with one and with several connections, while it resumes, starts over and commits, and as a manager of a list.
/// Files change on the server in between. <c>KILLS=300 SEED=1</c> in the environment runs as many kills as it says; a run that fails prints its seed.
/// </summary>
[Collection(nameof(Alone))]
public sealed class KillStormTests(ITestOutputHelper output)
{
    private const int MiB = 1 << 20;

    private static readonly int Kills = Setting("KILLS", 24);
    private static readonly int Seed = Setting("SEED", 2026);

    /// <summary>What a kill may cost for each connection: one buffer, and what the sockets of both sides held.</summary>
    private const int Cost = 9 * MiB;

    [NginxFact]
    public async Task However_often_it_is_killed_each_file_is_whole_and_of_one_version()
    {
        using var nginx = await Nginx.StartAsync("limit_rate 8m;");
        using var folder = new TempFolder();
        var (random, shelf) = (new Random(Seed), new Shelf(nginx));
        var (lengths, wholes, useful) = (new[] { 300_000, 3 * MiB, 24 * MiB }, 0, 0L);
        output.WriteLine($"Seed {Seed}");
        for (var (kill, name) = (0, shelf.Add(lengths[0])); kill < Kills;)
        {
            var isKilled = await LiveAsync(random, Demo.Start(nginx.UrlOf(name), folder[name], "-n", $"{(random.Next(2) == 0 ? 1 : 4)}"));
            kill += isKilled ? 1 : 0;
            if (File.Exists(folder[name]))
            {
                shelf.AssertHolds(name, folder[name]);
                useful += shelf.LengthOf(name);
                wholes++;
                name = shelf.Add(lengths[random.Next(lengths.Length)]);
            }
            else if (random.Next(4) == 0)
            {
                shelf.Change(name);
            }
        }

        output.WriteLine($"{Kills} kills, {wholes} files whole; {nginx.BodyBytesSent} bytes sent for {useful} of whole files");
        Assert.InRange(wholes, 1, int.MaxValue);
        Assert.All(Directory.GetFiles(folder.Path), path => Assert.True(Path.GetFileName(path).Split('.').Length == 2 || path.Contains(".partial", StringComparison.Ordinal), path));
    }

    [NginxFact]
    public async Task However_often_a_list_is_killed_all_of_it_is_whole_in_the_end()
    {
        using var nginx = await Nginx.StartAsync("limit_rate 2m;");
        using var folder = new TempFolder();
        var (random, shelf) = (new Random(Seed), new Shelf(nginx));
        var names = Enumerable.Range(0, 12).Select(number => shelf.Add((number + 1) * 400_000)).ToArray();
        File.WriteAllLines(folder["list"], names.Select(name => nginx.UrlOf(name).AbsoluteUri));
        Demo Start() => Demo.StartIn(folder.Path, "-i", folder["list"], "-o", folder["out"], "--state", folder["state"], "-j", "6", "--json");
        output.WriteLine($"Seed {Seed}");
        for (var kill = 0; kill < Kills / 3; kill++)
        {
            await LiveAsync(random, Start());
            shelf.Change(names[random.Next(names.Length)]);
        }

        using var last = Start();
        var report = await last.EndListAsync();

        Assert.Equal(0, report.ExitCode);
        Assert.All(names, name => shelf.AssertHolds(name, Path.Combine(folder["out"], name)));
        Assert.Equal(names.Order(), Directory.GetFiles(folder["out"]).Select(Path.GetFileName).Order());
        output.WriteLine($"{Kills / 3} kills of a list; {nginx.BodyBytesSent} bytes sent for {names.Sum(shelf.LengthOf)}");
    }

    [NginxFact]
    public async Task A_file_that_does_not_change_costs_little_more_for_each_kill()
    {
        using var nginx = await Nginx.StartAsync("limit_rate 8m;");
        using var folder = new TempFolder();
        var (random, shelf, kills) = (new Random(Seed), new Shelf(nginx), 0);
        var name = shelf.Add(48 * MiB);
        while (!File.Exists(folder[name]))
        {
            kills += await LiveAsync(random, Demo.Start(nginx.UrlOf(name), folder[name]), 700) ? 1 : 0;
        }

        shelf.AssertHolds(name, folder[name]);
        output.WriteLine($"{kills} kills; {nginx.BodyBytesSent - (48 * MiB)} bytes sent again");
        Assert.InRange(nginx.BodyBytesSent, 48 * MiB, (48L * MiB) + ((kills + 1L) * 4 * Cost));
    }

    // Whether it was killed, and not done before.
    private static async Task<bool> LiveAsync(Random random, Demo demo, int longest = 1_500)
    {
        using (demo)
        {
            var (life, watch) = (random.Next(40, longest), Stopwatch.StartNew());
            await Wait.UntilAsync(() => demo.HasExited || watch.ElapsedMilliseconds >= life, "its life is over");
            var isKilled = !demo.HasExited;
            demo.Kill();
            return isKilled;
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    /// <summary>What the server has, and ever had.</summary>
    private sealed class Shelf(Nginx nginx)
    {
        private readonly Dictionary<string, (int Length, List<string> Hashes)> _files = [];
        private int _version;

        public string Add(int length)
        {
            var name = $"{_files.Count}.bin";
            _files[name] = (length, []);
            Change(name);
            return name;
        }

        /// <summary>Another version of the same length.</summary>
        public void Change(string name)
        {
            var (length, hashes) = _files[name];
            var resource = Resource.Version(++_version, length);
            hashes.Add(Convert.ToHexString(SHA256.HashData(resource.Bytes)));
            nginx.Publish(name, resource, _version);
        }

        public int LengthOf(string name) => _files[name].Length;

        public void AssertHolds(string name, string path)
        {
            using var file = File.OpenRead(path);
            Assert.Contains(Convert.ToHexString(SHA256.HashData(file)), _files[name].Hashes);
        }
    }
}
