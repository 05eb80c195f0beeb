using ResumableDownload.Benchmarks.SideBySide.Measuring;

namespace ResumableDownload.Benchmarks.SideBySide.World;

/// <summary>A server that counts what it sends.</summary>
internal interface IOrigin
{
    /// <summary>Counts from nothing again.</summary>
    void StartCounting();

    /// <summary>What was sent since then, once nothing more is being added.</summary>
    Task<Served> ServedAsync();
}
