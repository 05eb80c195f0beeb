namespace ResumableDownload.Tests.TestKit;

/// <summary>What is done to a simulated volume.</summary>
internal enum DiskOperation
{
    Create,
    Write,
    SetLength,
    Flush,
    Rename,
    Delete,
    FlushFolder,
}

/// <summary>One operation on a simulated volume, and the name of the file at that moment.</summary>
internal readonly record struct DiskCall(DiskOperation Operation, string Path)
{
    public bool Is(DiskOperation operation, string path) => Operation == operation && Path == path;
}

/// <summary>What a power cut does to what was not synced.</summary>
internal enum Unsynced
{
    Dropped,
    Kept,
    Torn,

    /// <summary>Torn, and in any order.</summary>
    Reordered,
}

/// <summary>The errors of a disk. Torn: so many bytes of the write are there nevertheless.</summary>
internal sealed class DiskError : IOException
{
    private DiskError(string message, int code)
        : base(message, code)
    {
    }

    public int Torn { get; private init; }

    public static DiskError Full(int torn = 0) => new("No space left on device", 28) { Torn = torn };

    public static DiskError Broken() => new("Input/output error", 5);

    public static DiskError Locked() => new("The process cannot access the file because it is being used by another process.", 11);
}
