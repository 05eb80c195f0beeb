using System.Runtime.CompilerServices;

namespace ResumableDownload.Tests.Management;

/// <summary>The gate under which a manager changes anything, for a look at how things stand at one moment.</summary>
internal static class GateOf
{
    public static Lock Manager(DownloadManager manager) => Field(manager);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_gate")]
    private static extern ref Lock Field(DownloadManager manager);
}
