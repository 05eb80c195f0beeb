namespace ResumableDownload.Management;

/// <summary>A queue file, and the files beside it.</summary>
internal sealed record QueuePaths
{
    public QueuePaths(string path)
    {
        File = Path.GetFullPath(path);
        Folder = Path.GetDirectoryName(File) ?? File;
    }

    public string File { get; }

    public string Folder { get; }

    /// <summary>What its manager holds as long as it uses the queue.</summary>
    public string Lock => File + ".lock";

    /// <summary>What takes its place when it is written anew.</summary>
    public string Successor => File + ".new";

    /// <summary>Where one goes whose first line does not hold.</summary>
    public string Damaged => File + ".damaged";
}
