using System.Runtime.InteropServices;

namespace ResumableDownload.IntegrationTests;

/// <summary>Runs as root only: it mounts a file system.</summary>
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = Environment.IsPrivilegedProcess && OperatingSystem.IsLinux() ? null : "Only root on Linux may mount a tmpfs.";
}

/// <summary>Runs on Linux only, where a file tells how many names it has.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Only on Linux the library sees hard links.";
}

/// <summary>Runs as an ordinary user only: permissions do not bind root.</summary>
public sealed class UserFactAttribute : FactAttribute
{
    public UserFactAttribute() => Skip = Environment.IsPrivilegedProcess || OperatingSystem.IsWindows()
        ? "Folder permissions do not bind root; the read-only mount stands in."
        : null;
}

/// <summary>Runs as root only, in a network namespace of its own. Where the environment demands real servers, a missing <c>ip</c> is a failure instead of a skip.</summary>
public sealed class NetworkSpaceFactAttribute : FactAttribute
{
    public NetworkSpaceFactAttribute() => Skip = Environment.IsPrivilegedProcess && OperatingSystem.IsLinux()
        ? Debian.ReasonToSkip("iproute2")
        : "Only root on Linux may make a network namespace.";
}

/// <summary>Needs the packages of a runtime, tens of megabytes, which nothing else does. Where the environment demands everything they are fetched instead of skipped.</summary>
public sealed class RuntimePackFactAttribute : FactAttribute
{
    public RuntimePackFactAttribute() => Skip = Debian.IsDemanded || Directory.Exists(Path.Combine(Dotnet.Packages, $"microsoft.netcore.app.runtime.{RuntimeInformation.RuntimeIdentifier}"))
        ? null
        : "The runtime for an app that brings its own is not among the packages on this machine.";
}

/// <summary>Needs nginx, much room and some minutes, and is tried only when the environment says how many GiB.</summary>
public sealed class LongFileFactAttribute : FactAttribute
{
    public LongFileFactAttribute() => Skip = Length is null ? "LONG_FILE_GIB is not set." : Debian.ReasonToSkip("nginx-light");

    /// <summary>How long the file is.</summary>
    public static long? Length => long.TryParse(Environment.GetEnvironmentVariable("LONG_FILE_GIB"), System.Globalization.CultureInfo.InvariantCulture, out var gib) ? gib << 30 : null;
}

/// <summary>Needs nginx. Where the environment demands real servers, its absence is a failure instead of a skip.</summary>
public sealed class NginxFactAttribute : FactAttribute
{
    public NginxFactAttribute() => Skip = Debian.ReasonToSkip("nginx-light");
}

/// <summary>Needs a browser. Where the environment demands real servers, its absence is a failure instead of a skip.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Debian.ReasonToSkip("chromium");
}

/// <summary>The same, for each line of a table.</summary>
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = Debian.ReasonToSkip("chromium");
}

/// <summary>Needs servers, named by their Debian packages. Where the environment demands real servers, their absence is a failure instead of a skip.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ServerTheoryAttribute : TheoryAttribute
{
    public ServerTheoryAttribute(params string[] packages)
    {
        Packages = packages;
        Skip = Debian.ReasonToSkip(packages);
    }

    public IReadOnlyList<string> Packages { get; }
}
