using ResumableDownload.Storage;

namespace ResumableDownload.Management;

/// <summary>A queue file that says the same in the fewest lines, beside the present one until it takes that one's place.</summary>
internal sealed class QueueSuccessor
{
    private readonly Disk _disk;
    private readonly QueuePaths _paths;
    private readonly ProvedFile _lines;

    private QueueSuccessor(Disk disk, QueuePaths paths, ProvedFile lines) => (_disk, _paths, _lines) = (disk, paths, lines);

    public static QueueSuccessor Write(Disk disk, QueuePaths paths, IEnumerable<QueueEntry.Added> entries)
    {
        var header = QueueHeader.New();
        var successor = new QueueSuccessor(disk, paths, ProvedFile.Create(disk, paths.Successor, header.Generation));
        try
        {
            successor.Append(header.ToLine());
            foreach (var entry in entries)
            {
                successor.Append(QueueText.Of(entry));
            }

            return successor;
        }
        catch
        {
            successor.Discard();
            throw;
        }
    }

    /// <summary>Appends a line that the present file was given since.</summary>
    public void Append(Span<byte> line) => _lines.Append(line);

    public Task FlushAsync() => _lines.FlushAsync();

    /// <summary>Gives it the name of the present file, in one step. Nobody may have that one open, and what is in this one must be flushed.</summary>
    public ProvedFile Publish()
    {
        _disk.Rename(_paths.Successor, _paths.File, overwrite: true);
        return _lines;
    }

    /// <summary>Deletes it instead.</summary>
    public void Discard()
    {
        _lines.Dispose();
        try
        {
            _disk.Delete(_paths.Successor);
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            // The next one takes its place, and what brought us here is of more interest.
        }
    }
}
