using ResumableDownload.Management;
using ResumableDownload.Storage;
using ResumableDownload.Tests.Management;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Fuzz;

/// <summary>Whatever lies where a state file should: it is read without an error, and no other download comes out of it than went in.</summary>
public sealed class QueueFuzz
{
    private const string Id = "00000001-0000-0000-0102-030405060708";

    private static readonly string[] Contents =
    [
        $"{{'added':'{Id}','order':1,'state':'queued','uri':'https://host/a?b=c','destination':'/home/me/a'",
        $"{{'added':'{Id}','order':1,'uri':'file://\u202e','destination':''", $"{{'added':'{Id}','order':-1,'uri':'ftp://host/','destination':'relative'",
        "{'added':'00000002-0000-0000-0102-030405060708','order':1,'uri':'https://host/','destination':'/x','start':5,'end':1",
        "{'added':'00000003-0000-0000-0102-030405060708','order':9223372036854775807,'uri':'https://host/','destination':'/x\\u0000','digest':'sha-256:00'",
        "{'added':'00000004-0000-0000-0102-030405060708','order':4,'uri':'https://host/%zz','rawUri':true,'destination':'/y','length':-1,'priority':2147483648,'network':'none'",
        "{'added':'00000005-0000-0000-0102-030405060708','order':5,'uri':'https://host/','destination':'/z','etag':'a\\r\\nb','lastModified':'','key':'','length':7,'start':0,'end':9",
        $"{{'changed':'{Id}','state':'paused','started':true", $"{{'changed':'{Id}','state':'flying'", $"{{'changed':'{Id}','priority':-2147483648", $"{{'ended':'{Id}'", "{'ended':'x'", "{}", "{'at':0,'len':1,'sum':'00000000'",
    ];

    [Fact]
    public Task What_was_tampered_with_leaves_only_downloads_that_were_added()
    {
        var (file, all) = Written(1);
        var (other, others) = Written(2);
        all.UnionWith(others);
        return Fuzzing.PlayAsync(40_000, random =>
        {
            var damaged = Mutation.Of(random.Next(2) == 0 ? file : other, random, random.Next(2) == 0 ? file : other);

            if (QueueReading.Of(damaged) is QueueReading.Held held)
            {
                Assert.InRange(held.End.Offset, 1, damaged.Length);
                Assert.All(held.Content.Entries, entry => Assert.Contains((entry.Download.Id, entry.Download.Source, entry.Download.Destination), all));
            }
        });
    }

    [Fact]
    public Task Lines_that_prove_themselves_and_say_anything_make_no_impossible_download() => Fuzzing.PlayAsync(30_000, static random =>
    {
        var lines = Enumerable.Range(0, random.Next(6)).Select(_ => random.Pick(Contents)).Select(line => random.Next(3) == 0 ? Mutation.Of(line, random) : line);
        var bytes = ForgedJournal.Of($$"""{"format":1,"kind":"queue","generation":"{{ForgedJournal.Header.Generation}}" """.TrimEnd(), [.. lines.Select(static line => line.Replace("\n", "", StringComparison.Ordinal))]);

        var held = Assert.IsType<QueueReading.Held>(QueueReading.Of(bytes));

        Assert.All(held.Content.Entries, static entry => AssertPossible(entry.Download));
    });

    /// <summary>A whole opening, on a disk: it opens or fails as it says, and goes on.</summary>
    [Fact]
    public Task A_file_of_anything_opens_or_is_refused_by_name() => Fuzzing.PlayAsync(8_000, static random =>
    {
        var scene = new QueueScene();
        scene.Disk.Put(QueueScene.Path, random.Next(2) == 0 ? Mutation.Of(Written(1).File, random) : ForgedJournal.Of(Mutation.Of("{\"format\":1,\"kind\":\"queue\",\"generation\":\"x\"", random).Replace("\n", "", StringComparison.Ordinal), Contents));
        try
        {
            using (var queue = scene.Open())
            {
                queue.Add(QueueScene.Download(77), 1_000_000);
            }

            Assert.Contains(scene.Left(), static download => download.Id == QueueScene.Download(77).Id);
        }
        catch (DownloadException failure)
        {
            Assert.Equal(DownloadFailure.NewerCheckpoint, failure.Failure);
        }
    });

    private static (byte[] File, HashSet<(Guid Id, Uri? Source, string Destination)> All) Written(int seed)
    {
        var scene = new QueueScene();
        var all = Enumerable.Range(10 * seed, 6).Select(QueueScene.Download).ToArray();
        using (var queue = scene.Open())
        {
            foreach (var (order, download) in all.Index())
            {
                queue.Add(download, order);
            }

            queue.SetState(all[1].Id, DownloadState.Paused, isStarted: true);
            queue.SetPriority(all[2].Id, 7);
            queue.End(all[3].Id);
        }

        return (scene.Bytes, [.. all.Select(static download => (download.Id, download.Source, download.Destination))]);
    }

    private static void AssertPossible(SavedDownload download)
    {
        Assert.True(download.Source is null || download.Source.Scheme is "http" or "https", $"{download.Source}");
        Assert.True(download.State is DownloadState.Queued or DownloadState.Paused or DownloadState.Failed, $"{download.State}");
        Assert.True(download.Source?.Query is null or "" or "?" || !download.ToString().Contains(download.Source.Query, StringComparison.Ordinal), $"{download}");
        try
        {
            _ = download.ToRequest();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // As it says of addresses and paths that cannot be used here.
        }
    }
}
