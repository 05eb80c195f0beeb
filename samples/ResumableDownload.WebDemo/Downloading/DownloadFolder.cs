namespace ResumableDownload.WebDemo.Downloading;

/// <summary>The one folder of the app: the files, and beside them what the app remembers.</summary>
internal sealed class DownloadFolder
{
    public DownloadFolder(string? path)
    {
        var root = Path.GetFullPath(path ?? Path.Combine(Home(), "ResumableDownload.WebDemo"));

        // With a separator at its end it is a folder to the library, also before it exists: each file gets a safe name within it.
        Files = Directory.CreateDirectory(Path.Combine(root, "files")).FullName + Path.DirectorySeparatorChar;
        Queue = Path.Combine(root, "queue");
        Ended = Path.Combine(root, "ended");
        Settings = Path.Combine(root, "settings");
    }

    /// <summary>Where all files go.</summary>
    public string Files { get; }

    /// <summary>The manager's state file.</summary>
    public string Queue { get; }

    /// <summary>How downloads ended.</summary>
    public string Ended { get; }

    /// <summary>What holds for all downloads.</summary>
    public string Settings { get; }

    // Some services have no home.
    private static string Home() => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } home ? home : Path.GetTempPath();
}
