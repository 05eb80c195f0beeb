namespace ResumableDownload.Benchmarks.SideBySide.Contenders;

/// <summary>A program and what it is given.</summary>
internal sealed record Command(string Path, params string[] Arguments)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The same, within a network namespace; 'ip' becomes the program, so it stays one process.</summary>
    public Command Within(string? space) => space is null ? this : this with { Path = "ip", Arguments = ["netns", "exec", space, Path, .. Arguments] };
}

/// <summary>What a contender is to fetch.</summary>
/// <param name="Url">From where.</param>
/// <param name="Target">The file to write.</param>
/// <param name="Connections">How many connections it may use.</param>
/// <param name="Authority">The file with the certificate to trust, for TLS.</param>
internal sealed record Job(string Url, string Target, int Connections, string? Authority = null)
{
    /// <summary>The list of files to fetch instead, as the contender reads it; as many at a time as there are connections, to where the target is.</summary>
    public string? List { get; init; }

    public string Folder => System.IO.Path.GetDirectoryName(Target)!;
}
