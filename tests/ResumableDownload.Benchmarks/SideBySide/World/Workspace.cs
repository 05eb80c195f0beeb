namespace ResumableDownload.Benchmarks.SideBySide.World;

/// <summary>The folders of one scenario; gone with it.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly string _memory;
    private readonly string _disk;

    public Workspace()
    {
        var name = $"resumable-bench-{Environment.ProcessId}";
        _memory = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), name);
        _disk = Path.Combine("/var/tmp", name);
        Directory.CreateDirectory(Content);
        Directory.CreateDirectory(Path.Combine(_memory, "target"));
        Directory.CreateDirectory(Path.Combine(_disk, "target"));
    }

    /// <summary>A folder in memory.</summary>
    public string Memory => _memory;

    /// <summary>What is served, in memory.</summary>
    public string Content => Path.Combine(_memory, "content");

    public string TargetInMemory => Path.Combine(_memory, "target", "file.bin");

    public string TargetOnDisk => Path.Combine(_disk, "target", "file.bin");

    /// <summary>Where a contender's standard error goes.</summary>
    public string Complaints => Path.Combine(_memory, "complaints");

    /// <summary>Removes a target and all that its writer left beside it.</summary>
    public static void Clear(string target)
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!))
        {
            File.Delete(file);
        }
    }

    /// <summary>Writes content of which no 4 KiB are like any others.</summary>
    public string Fill(string name, long length)
    {
        var path = Path.Combine(Content, name);
        var piece = new byte[4 << 20];
        new Random(1).NextBytes(piece);
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        for (var at = 0L; at < length; at += piece.Length)
        {
            for (var page = 0; page < piece.Length; page += 4096)
            {
                BitConverter.TryWriteBytes(piece.AsSpan(page), at + page);
            }

            RandomAccess.Write(file, piece.AsSpan(0, (int)Math.Min(piece.Length, length - at)), at);
        }

        return path;
    }

    public void Dispose()
    {
        Directory.Delete(_memory, recursive: true);
        Directory.Delete(_disk, recursive: true);
    }
}
