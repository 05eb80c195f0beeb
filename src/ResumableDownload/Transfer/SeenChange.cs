using ResumableDownload.Model;
using ResumableDownload.Protocol;
using ResumableDownload.Storage;

namespace ResumableDownload.Transfer;

/// <summary>Whether the resource was seen to change, and from what.</summary>
internal sealed class SeenChange(PartialFile partial)
{
    private Representation? _from;

    public bool IsSeen => _from is not null;

    public void Note() => _from ??= partial.Checkpoint?.Representation;

    /// <summary>Whether several connections may fetch what is there now.</summary>
    /// <remarks>After a change only a newer version: a cluster whose nodes disagree would show the former one again to one of them, and what was given up is not begun twice.</remarks>
    public bool AllowsOthers(Checkpoint kept) => _from is null || Identity.IsNewer(_from, kept.Representation);
}
