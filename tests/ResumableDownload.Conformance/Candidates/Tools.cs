namespace ResumableDownload.Conformance;

/// <summary>The candidates, each with the options that serve it best: its own way to go on, three attempts, some seconds of patience, one connection.</summary>
internal static class Tools
{
    private const string Name = Playing.FileName;

    /// <summary>The demo, built beside this program.</summary>
    public static Tool Ours { get; } = new("ours", Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["-q", "--retries", "3", "--stall-timeout", "3", "-n", "1", "-o", Name])
    {
        Launch = [Path.Combine(AppContext.BaseDirectory, "resumable-download.dll")],
        HasPartialName = true,
    };

    public static IReadOnlyList<Tool> All { get; } =
    [
        Ours,
        new("curl", OnPath("curl"),
            ["-q", "-fLsS", "-C", "-", "--retry", "2", "--retry-delay", "1", "--retry-all-errors", "--connect-timeout", "3", "--speed-limit", "1", "--speed-time", "3", "-o", Name]),
        new("wget", OnPath("wget"),
            ["--no-config", "-nv", "-c", "--tries=3", "--waitretry=1", "--timeout=3", "--retry-on-http-error=429,500,503", "--no-hsts", "--no-netrc"]) { NameOption = "-O" },
        new("wget2", OnPath("wget2"),
            ["--no-config", "-nv", "-c", "--tries=3", "--waitretry=1", "--timeout=3", "--no-hsts", "--no-netrc", "--cut-file-get-vars"]),
        new("aria2c", OnPath("aria2c"),
            ["--no-conf", "--no-netrc", "-c", "-x1", "-s1", "--max-tries=3", "--retry-wait=1", "--timeout=3", "--connect-timeout=3", "--always-resume=false",
                "--allow-overwrite=true", "--auto-file-renaming=false", "--auto-save-interval=1", "--console-log-level=error", "--summary-interval=0", "-o", Name]),
        new("axel", OnPath("axel"), ["-n", "1", "-T", "3", "-o", Name])
        {
            Settings = "reconnect_delay = 1\nsave_state_interval = 1\n",
            FirstLimit = TimeSpan.FromSeconds(6),
        },
    ];

    private static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
