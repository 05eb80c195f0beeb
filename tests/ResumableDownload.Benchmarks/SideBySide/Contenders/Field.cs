using System.Globalization;

namespace ResumableDownload.Benchmarks.SideBySide.Contenders;

/// <summary>All contenders.</summary>
internal static class Field
{
    public const string Ours = "ResumableDownload demo";

    /// <summary>The flags that are no defaults, for the legend of the tables.</summary>
    public const string Legend =
        "curl -sSf -o; wget and wget2 -q -O; axel -q -n N -o (over TLS with -k: it refuses the name of a good certificate); aria2c -q -x N -s N -k 1M --file-allocation=none --auto-file-renaming=false --allow-overwrite=true; " +
        "plain: HttpClient and CopyToAsync; raw: HTTP by hand, blocking reads and writes of 256 KiB; ours with journal and checksum, -q -n N. " +
        "Lists: curl -sSf -Z --parallel-max N -K; aria2c -q -j N -i, otherwise as above; plain: Parallel.ForEachAsync; ours -q -n 1 -j N -i.";

    public static IReadOnlyList<Contender> All { get; } =
    [
        new("curl", "curl", static job => [.. job.Authority is { } file ? ["--cacert", file] : Array.Empty<string>(), "-s", "-S", "-f", "-o", job.Target, job.Url])
        {
            Continuing = static job => ["-s", "-S", "-f", "-C", "-", "-o", job.Target, job.Url],
            Lists = new(
                static (url, path) => $"url = \"{url}\"\noutput = \"{path}\"",
                static job => ["-s", "-S", "-f", "-Z", "--parallel-max", Number(job), "-K", job.List!]),
        },
        new("wget", "wget", static job => [.. Trust(job), "-q", "-O", job.Target, job.Url])
        {
            Continuing = static job => ["-q", "-c", "-O", job.Target, job.Url],
        },
        new("wget2", "wget2", static job => [.. Trust(job), "-q", "-O", job.Target, job.Url]),
        new("aria2", "aria2c", static job => [.. Aria(job), "--allow-overwrite=true", job.Url])
        {
            MostConnections = 16,
            Continuing = static job => [.. Aria(job), "-c", job.Url],
            Lists = new(
                static (url, path) => $"{url}\n out={Path.GetFileName(path)}",
                static job => ["-q", "-j", Number(job), "--file-allocation=none", "--auto-file-renaming=false", "--allow-overwrite=true", "-d", job.Folder, "-i", job.List!]),
        },
        new("axel", "axel", Axel) { MostConnections = 64, Continuing = Axel },
        new("plain", Programs.Self, static job => ["plain", job.Url, job.Target])
        {
            Lists = new(static (url, path) => $"{url}\t{path}", static job => ["plain", "--list", job.List!, Number(job)]),
        },
        new("raw", Programs.Self, static job => ["raw", job.Url, job.Target]) { HandlesTls = false },
        new(Ours, Programs.Demo, Demo)
        {
            MostConnections = Programs.MostConnectionsOfDemo,
            Continuing = Demo,
            Lists = new(static (url, path) => $"{url}\t{path}", static job => ["-i", job.List!, "-j", Number(job), "-q", "-n", "1"]),
        },
    ];

    private static string[] Trust(Job job) => job.Authority is { } file ? [$"--ca-certificate={file}"] : [];

    private static string[] Aria(Job job) =>
    [
        .. Trust(job), "-q", "-x", Number(job), "-s", Number(job), "-k", "1M", "--file-allocation=none", "--auto-file-renaming=false",
        "-d", job.Folder, "-o", Path.GetFileName(job.Target),
    ];

    private static string[] Axel(Job job) => [.. job.Authority is null ? Array.Empty<string>() : ["-k"], "-q", "-n", Number(job), "-o", job.Target, job.Url];

    private static string[] Demo(Job job) => [job.Url, "-o", job.Target, "-q", "-n", Number(job)];

    private static string Number(Job job) => job.Connections.ToString(CultureInfo.InvariantCulture);
}
