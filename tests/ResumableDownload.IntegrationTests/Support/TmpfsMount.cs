using System.Diagnostics;

namespace ResumableDownload.IntegrationTests;

/// <summary>A small file system in memory, mounted as long as its test runs.</summary>
internal sealed class TmpfsMount : IDisposable
{
    private readonly string _path;

    public TmpfsMount(string path, string options)
    {
        _path = Directory.CreateDirectory(path).FullName;
        Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", _path);
    }

    public string this[string name] => Path.Combine(_path, name);

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", _path);

    public void Dispose() => Run("umount", _path);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var fault = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} failed: {fault}");
    }
}
