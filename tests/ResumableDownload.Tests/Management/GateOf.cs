using System.Runtime.CompilerServices;
using ResumableDownload.Management;

namespace ResumableDownload.Tests.Management;

/// <summary>The gate under which a manager changes anything, for a look at how things stand at one moment.</summary>
internal static class GateOf
{
    public static Lock Manager(DownloadManager manager) => Field(manager);

    /// <summary>Who gives the turns of a manager.</summary>
    public static RunDesk Desk(DownloadManager manager) => DeskField(manager);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_gate")]
    private static extern ref Lock Field(DownloadManager manager);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_desk")]
    private static extern ref RunDesk DeskField(DownloadManager manager);
}
