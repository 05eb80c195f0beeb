using ResumableDownload.Storage;

namespace ResumableDownload.Tests.TestKit;

/// <summary>A volume in memory that tells what was written from what would survive a power cut.</summary>
/// <remarks>File content becomes durable by fsync of the file, names by fsync of the folder, and nothing by anything else. Operations complete inline.</remarks>
internal sealed class SimulatedDisk(FakeTimeProvider time) : Disk
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal) { "/", "/volume" };
    private readonly List<DiskCall> _calls = [];
    private readonly Dictionary<string, long> _read = new(StringComparer.Ordinal);
    private SimulatedNames _names = new();

    /// <summary>Called before anything is changed; what it throws is the error of that operation.</summary>
    public Action<DiskCall>? Before { get; set; }

    /// <summary>Called before a file is read, with its name; what it throws is the error of the reading.</summary>
    public Action<string>? BeforeRead { get; set; }

    /// <summary>What an fsync waits for before it does its work.</summary>
    public Func<DiskCall, Task>? FlushGate { get; set; }

    /// <summary>An operation that the disk says it did: an fsync that it did not do, or a write that it does after the next one to the same place.</summary>
    public Func<DiskCall, bool>? LiesAbout { get; set; }

    public long? Free { get; set; }

    public int OpenFiles { get; private set; }

    /// <summary>What was done so far, in order.</summary>
    public DiskCall[] Calls => Look(() => _calls.ToArray());

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public string[] Names => Look(() => _names.Seen.Keys.Order(StringComparer.Ordinal).ToArray());

    public override long? FreeSpace(string folder) => Free;

    public override DiskFile OpenLocked(string path) => Look(() =>
    {
        var node = Unlocked(path) ?? Create(path);
        node.IsLocked = true;
        return new SimulatedFile(this, node, path, holdsLock: true);
    });

    public override DiskFile CreatePrivate(string path) => Look(() =>
    {
        var node = Unlocked(path) ?? Create(path);
        var file = new SimulatedFile(this, node, path, holdsLock: false);
        try
        {
            if (node.Length > 0)
            {
                file.SetLength(0);
            }

            return file;
        }
        catch
        {
            // As the system does: what could not be emptied was never opened.
            file.Dispose();
            throw;
        }
    });

    public override DiskFile OpenToAppend(string path) =>
        OpenToRead(path) ?? throw new FileNotFoundException($"Could not find file '{path}'.", path);

    public override DiskFile? OpenToRead(string path) => Look(() =>
        _folders.Contains(path) ? throw new UnauthorizedAccessException($"Access to the path '{path}' is denied.")
        : Unlocked(path) is { } node ? new SimulatedFile(this, node, path, holdsLock: false) : null);

    public override void Rename(string from, string to, bool overwrite) => Look(() =>
    {
        Begin(new(DiskOperation.Rename, to));
        var node = NodeAt(from) ?? throw new FileNotFoundException($"Could not find file '{from}'.", from);
        if (_folders.Contains(to))
        {
            throw new IOException($"'{to}' is a folder.");
        }

        if (overwrite)
        {
            _names.Change(new(from, to, node));
        }
        else
        {
            // As on Unix, where nothing but link and unlink is sure to overwrite nothing.
            _names.Change(new(null, NodeAt(to) is null ? to : throw new IOException($"The file '{to}' already exists."), node));
            FlushFolder(Path.GetDirectoryName(to)!);
            Delete(from);
        }
    });

    public override void Delete(string path) => Look(() =>
    {
        if (NodeAt(path) is not null)
        {
            Begin(new(DiskOperation.Delete, path));
            _names.Change(new(path, null, null));
        }
    });

    public override void FlushFolder(string folder) => Look(() =>
    {
        var call = new DiskCall(DiskOperation.FlushFolder, folder);
        Begin(call);
        if (LiesAbout?.Invoke(call) != true)
        {
            _names.Sync();
        }
    });

    public override void CreateFolder(string folder) => Look(() => _folders.Add(folder));

    public override bool FileExists(string path) => Look(() => NodeAt(path) is not null);

    public override string? ObstacleAt(string path) =>
        Look(() => _folders.Contains(path) ? "is a folder" : NodeAt(path) is { IsReadOnly: true } ? ReadOnly : null);

    /// <summary>Puts a file there that is on stable storage, name and all.</summary>
    public void Put(string path, ReadOnlySpan<byte> bytes, bool isReadOnly = false)
    {
        var node = new SimulatedNode(Now) { IsReadOnly = isReadOnly };
        node.Change(new(0, bytes.ToArray()), Now);
        node.Sync(node.Pending);
        Look(() =>
        {
            _names.Change(new(null, path, node));
            _names.Sync();
        });
    }

    /// <summary>Puts many empty files there.</summary>
    public void PutAll(IEnumerable<string> paths) => Look(() =>
    {
        foreach (var path in paths)
        {
            _names.Change(new(null, path, new SimulatedNode(Now)));
        }

        _names.Sync();
    });

    /// <summary>Something else gives a file a second name.</summary>
    public void GiveSecondName(string path, string second) => Look(() =>
    {
        _names.Change(new(null, second, _names.Seen[path]));
        _names.Sync();
    });

    /// <summary>Something else changes a file; its time moves only if that is said.</summary>
    public void Tamper(string path, Action<SimulatedNode> change, bool touches = false) => Look(() =>
    {
        var node = _names.Seen[path];
        var time = touches ? Now : node.LastWrite;
        change(node);
        node.LastWrite = time;
    });

    /// <summary>What programs see in a file; <see langword="null"/> when there is none.</summary>
    public byte[]? Bytes(string path) => Look(() => NodeAt(path)?.Seen.ToArray());

    public int LengthOf(string path) => Look(() => NodeAt(path)?.Length ?? 0);

    /// <summary>How much of a file was read, by its name.</summary>
    public long BytesRead(string path) => Look(() => _read.GetValueOrDefault(path));

    /// <summary>The volume as another process finds it when this one is killed: all writes kept, synced or not; locks gone.</summary>
    public SimulatedDisk AfterKill() => With(names => names.Copy(Once(static node => node.Copy())));

    /// <summary>The volume as it is after a power cut.</summary>
    public SimulatedDisk AfterPowerCut(Unsynced unsynced, int seed = 0)
    {
        var random = new Random(seed);
        return With(names => names.AfterPowerCut(unsynced, random, Once(node => node.AfterPowerCut(unsynced, random))));
    }

    public void Begin(DiskCall call)
    {
        Before?.Invoke(call);
        Look(() => _calls.Add(call));
    }

    public async Task BeginFlushAsync(DiskCall call)
    {
        Begin(call);
        if (FlushGate is { } gate)
        {
            await gate(call).ConfigureAwait(false);
        }
    }

    public void CountRead(string path, int count) => _read[path] = _read.GetValueOrDefault(path) + count;

    public bool IsNamed(string path, SimulatedNode node) => Look(() => NodeAt(path) == node);

    public void CountOpen(int change) => Look(() => OpenFiles += change);

    public string? NameOf(SimulatedNode node) => Look(() => _names.Seen.FirstOrDefault(name => name.Value == node).Key);

    public int CountNames(SimulatedNode node) => Look(() => _names.Seen.Values.Count(named => named == node));

    public T Look<T>(Func<T> look)
    {
        lock (_gate)
        {
            return look();
        }
    }

    public void Look(Action look)
    {
        lock (_gate)
        {
            look();
        }
    }

    // Two names of one file stay so.
    private static Func<SimulatedNode, SimulatedNode> Once(Func<SimulatedNode, SimulatedNode> make)
    {
        var made = new Dictionary<SimulatedNode, SimulatedNode>();
        return node => made.TryGetValue(node, out var known) ? known : made[node] = make(node);
    }

    private SimulatedDisk With(Func<SimulatedNames, SimulatedNames> change) => Look(() =>
    {
        var disk = new SimulatedDisk(time) { _names = change(_names), Free = Free };
        disk._folders.UnionWith(_folders);
        return disk;
    });

    // On Unix every way of opening a file asks for at least a shared lock.
    private SimulatedNode? Unlocked(string path) => NodeAt(path) is { IsLocked: true } ? throw DiskError.Locked() : NodeAt(path);

    private SimulatedNode? NodeAt(string path) => _names.Seen.GetValueOrDefault(path);

    private SimulatedNode Create(string path)
    {
        Begin(new(DiskOperation.Create, path));
        var node = new SimulatedNode(Now);
        _names.Change(new(null, path, node));
        return node;
    }
}
