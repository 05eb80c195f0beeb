using ResumableDownload.Model;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>The moment before one operation on the disk.</summary>
/// <param name="Disk">What is there, synced or not.</param>
/// <param name="Served">What the server has.</param>
/// <param name="Promised">What was marked, and the journal with it flushed: no power cut may take it away.</param>
internal sealed record PowerCutMoment(SimulatedDisk Disk, ResourceVersion Served, ByteRangeSet Promised)
{
    /// <summary>The operation that is not done any more.</summary>
    public DiskCall? Before { get; init; }

    /// <summary>The journal of the generation before this one.</summary>
    public byte[] FormerJournal { get; init; } = [];
}
