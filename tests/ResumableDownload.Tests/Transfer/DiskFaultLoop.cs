using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Each disk operation of a download fails once; whatever it was, the caller is told rightly and the next run finishes.</summary>
public sealed class DiskFaultLoop
{
    private static readonly byte[] Old = [1, 2, 3];
    private static readonly ResourceVersion First = ResourceVersion.Random(6000, 1, "\"v1\"");
    private static readonly ResourceVersion Second = ResourceVersion.Random(6000, 2, "\"v2\"");

    [Theory]
    [InlineData("full", DownloadFailure.DiskFull)]
    [InlineData("torn", DownloadFailure.DiskFull)]
    [InlineData("broken", DownloadFailure.Storage)]
    [InlineData("forbidden", DownloadFailure.DestinationUnusable)]
    public async Task Any_operation_that_fails_is_told_as_what_it_is_and_the_next_run_finishes(string kind, DownloadFailure expected)
    {
        foreach (var (bench, failure, where) in await FailEachAsync(kind))
        {
            Assert.True((failure as DownloadException)?.Failure == expected, $"{where}: {failure}");
            var destination = bench.Disk.Bytes(bench.Target);
            Assert.True(destination.AsSpan().SequenceEqual(Second.Content) || destination.AsSpan().SequenceEqual(Old), where);
            PowerCuts.AssertMarksAreTrue(bench.Disk, bench.Paths, static claims => claims.Header.Etag == First.EntityTag ? First.Content : Second.Content);

            await bench.RunAsync();
            Assert.Equal(Second.Content, bench.Disk.Bytes(bench.Target));
            Assert.Equal([bench.Target], bench.Disk.Names);
            bench.Dispose();
        }
    }

    [Fact]
    public async Task Whichever_operation_fails_no_file_stays_open()
    {
        var all = await FailEachAsync("broken");
        all.ForEach(static one => one.Bench.Dispose());
        Assert.Empty(all.Where(static one => one.Bench.Disk.OpenFiles > 0).Select(static one => one.Where));
    }

    [Theory]
    [InlineData("full")]
    [InlineData("broken")]
    public async Task Whichever_operation_fails_what_is_said_to_be_kept_is_what_the_journal_claims(string kind)
    {
        List<string> wrong = [];
        foreach (var (bench, failure, where) in await FailEachAsync(kind))
        {
            var kept = bench.Claims()?.Received.Length ?? 0;
            if (failure is DownloadException told && told.Kept != kept && bench.Disk.Bytes(bench.Target).AsSpan().SequenceEqual(Old))
            {
                wrong.Add($"{where}: {told.Kept} bytes are said to be kept, {kept} are");
            }

            bench.Dispose();
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    /// <summary>What is done after the first fault, to leave nothing behind, fails as well: at a destination for which nothing is kept, and after a start over.</summary>
    [Theory]
    [InlineData("full", 0)]
    [InlineData("broken", 0)]
    [InlineData("broken", 5000)]
    [InlineData("forbidden", 0)]
    public async Task A_disk_that_fails_from_any_operation_on_is_told_as_such_holds_no_file_open_and_the_next_run_finishes(string kind, int kept)
    {
        foreach (var (bench, failure, where) in await FailEachAsync(kind, lasts: true, kept))
        {
            Assert.True(failure is DownloadException, $"{where}: {failure}");
            Assert.True(bench.Disk.OpenFiles == 0, where);
            await bench.RunAsync();
            bench.AssertWhole(Second);
            bench.Dispose();
        }
    }

    /// <summary>For each operation a download in which it failed, and perhaps all after it.</summary>
    private static async Task<List<(Bench Bench, Exception? Failure, string Where)>> FailEachAsync(string kind, bool lasts = false, int kept = 5000)
    {
        List<(Bench, Exception?, string)> all = [];
        for (var failing = 0; ; failing++)
        {
            var (bench, failure, failed) = await RunAsync(failing, kind, lasts, kept);
            if (failed is null)
            {
                // There was no such operation any more.
                bench.AssertWhole(Second);
                bench.Dispose();
                Assert.InRange(failing, 25, 200);
                return all;
            }

            all.Add((bench, failure, $"{kind} at operation {failing}: {failed}"));
        }
    }

    /// <summary>A run over what an earlier one kept, with a start over, a flush in the middle and a commit.</summary>
    private static async Task<(Bench Bench, Exception? Failure, DiskCall? Failed)> RunAsync(int failing, string kind, bool lasts, int kept)
    {
        var bench = new Bench(First);
        bench.Disk.Put(bench.Target, Old);
        if (kept > 0)
        {
            await bench.KeepAsync(kept);
        }

        bench.Server.Version = Second;
        bench.Server.Then(new Conduct { Piece = 500, Pause = TimeSpan.FromMilliseconds(250) });
        var operations = 0;
        DiskCall? failed = null;
        bench.Disk.Before = call =>
        {
            if (operations++ is var number && (number == failing || (lasts && number > failing)))
            {
                failed ??= call;
                throw Fault(kind);
            }
        };
        var failure = await Record.ExceptionAsync(() => bench.RunAsync());
        bench.Disk.Before = null;
        return (bench, failure, failed);
    }

    private static Exception Fault(string kind) => kind switch
    {
        "full" => DiskError.Full(),
        "torn" => DiskError.Full(torn: 30),
        "broken" => DiskError.Broken(),
        _ => new UnauthorizedAccessException("Access to the path is denied."),
    };
}
