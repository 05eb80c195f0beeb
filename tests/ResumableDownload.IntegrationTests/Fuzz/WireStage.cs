namespace ResumableDownload.IntegrationTests.Fuzz;

/// <summary>A folder to download into, with something beside it that nobody may touch.</summary>
internal sealed class WireStage
{
    private const string Old = "old";

    private readonly string _root;
    private readonly string? _old;

    public WireStage(string root, bool isFolder, bool hasOld)
    {
        _root = root;
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }

        Folder = Directory.CreateDirectory(Path.Combine(root, "in")).FullName;
        Destination = isFolder ? Folder : Path.Combine(Folder, "file.bin");
        _old = hasOld ? Path.Combine(Folder, "file.bin") : null;
        File.WriteAllText(Path.Combine(root, "sentinel"), Old);
        if (_old is not null)
        {
            File.WriteAllText(_old, Old);
        }
    }

    public string Folder { get; }

    public string Destination { get; }

    /// <summary>Whether there is no file but those that were there, and what a later run goes on with.</summary>
    public bool IsAsItWas =>
        Directory.GetFiles(Folder).Where(static path => !path.EndsWith(".partial", StringComparison.Ordinal) && !path.EndsWith(".partial.checkpoint", StringComparison.Ordinal)).All(path => path == _old)
        && (_old is null || File.ReadAllText(_old) == Old);

    /// <summary>Nothing lies outside the folder, nor in folders of its own, and nothing temporary is left.</summary>
    public void AssertTidy()
    {
        Assert.Equal(["in", "sentinel"], Directory.GetFileSystemEntries(_root).Select(Path.GetFileName).Order());
        Assert.Equal(Old, File.ReadAllText(Path.Combine(_root, "sentinel")));
        Assert.Empty(Directory.GetDirectories(Folder));
        Assert.DoesNotContain(Directory.GetFiles(Folder), static path => path.EndsWith(".new", StringComparison.Ordinal) || Path.GetFileName(path).StartsWith('.'));
        Assert.False(File.Exists("/tmp/outside.bin"));
    }
}
