using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>The file of a journal may be anything, and something else may change it while it is read.</summary>
public sealed class JournalFileTests
{
    [Fact]
    public async Task A_file_that_is_longer_than_any_journal_is_damage_and_not_read()
    {
        using var folder = new TempFolder();
        var path = folder.File("a.partial.checkpoint");
        await File.WriteAllBytesAsync(path, ForgedJournal.Of(ForgedJournal.Header, "{'length':5"));
        Assert.IsType<JournalReading.Held>((await JournalFile.ReadAsync(Disk.Physical, path)).Reading);

        using (var file = File.OpenHandle(path, access: FileAccess.Write))
        {
            RandomAccess.SetLength(file, (256 << 20) + 1);
        }

        Assert.IsType<JournalReading.Damaged>((await JournalFile.ReadAsync(Disk.Physical, path)).Reading);
    }

    [Fact]
    public async Task Of_a_file_that_is_shortened_while_it_is_read_only_what_is_there_is_read()
    {
        var disk = new SimulatedDisk(new FakeTimeProvider());
        disk.Put("/volume/a", [1, 2, 3, 4, 5]);
        disk.BeforeRead = path => disk.Tamper(path, static node => node.Truncate(3));
        using var file = disk.OpenToRead("/volume/a")!;
        Assert.Equal([1, 2, 3], await JournalFile.BytesAsync(file));
    }
}
