namespace ResumableDownload.IntegrationTests;

/// <summary>The servers, a tool and a browser, that Debian's packages bring.</summary>
internal static class Debian
{
    private static readonly Dictionary<string, string> Programs = new()
    {
        ["nginx-light"] = "nginx",
        ["apache2-bin"] = "apache2",
        ["lighttpd"] = "lighttpd",
        ["caddy"] = "caddy",
        ["h2o"] = "h2o",
        ["varnish"] = "varnishd",
        ["squid"] = "squid",
        ["iproute2"] = "ip",
        ["chromium"] = "chromium",
    };

    private static readonly string[] Folders = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin"];

    public static bool IsDemanded => Environment.GetEnvironmentVariable("REQUIRE_REAL_SERVERS") == "1";

    public static string? ProgramOf(string package) =>
        Folders.Select(folder => Path.Combine(folder, Programs[package])).FirstOrDefault(File.Exists);

    /// <summary>The program, for a test that runs: where real servers are demanded, it runs without the program too, and fails here.</summary>
    public static string Demand(string package)
    {
        var program = ProgramOf(package);
        Assert.True(program is not null, $"{Programs[package]} is not installed (Debian: {package}), but REQUIRE_REAL_SERVERS=1 demands it.");
        return program;
    }

    public static string? ReasonToSkip(params IEnumerable<string> packages) =>
        packages.FirstOrDefault(package => ProgramOf(package) is null) is { } missing && !IsDemanded
            ? $"{Programs[missing]} is not installed (Debian: {missing})."
            : null;
}
