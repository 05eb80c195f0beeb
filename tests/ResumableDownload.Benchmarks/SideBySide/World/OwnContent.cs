using Microsoft.Win32.SafeHandles;

namespace ResumableDownload.Benchmarks.SideBySide.World;

/// <summary>What an origin of our own serves.</summary>
internal interface IOwnContent
{
    long Length { get; }

    void Read(long offset, Span<byte> into);
}

/// <summary>Ones that exist nowhere, as many as one likes: they are told from a hole in a file.</summary>
internal sealed record Ones(long Length) : IOwnContent
{
    public void Read(long offset, Span<byte> into) => into.Fill(1);
}

/// <summary>A file.</summary>
internal sealed class FileContent(string path) : IOwnContent, IDisposable
{
    private readonly SafeFileHandle _file = File.OpenHandle(path);

    public long Length => RandomAccess.GetLength(_file);

    public void Read(long offset, Span<byte> into) => RandomAccess.Read(_file, into, offset);

    public void Dispose() => _file.Dispose();
}
