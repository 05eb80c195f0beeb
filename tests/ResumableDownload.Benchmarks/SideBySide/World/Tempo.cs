using System.Diagnostics;

namespace ResumableDownload.Benchmarks.SideBySide.World;

/// <summary>Keeps to a number of bytes a second, in pieces of 20 ms.</summary>
internal sealed class Tempo(double? speed)
{
    private const double PieceSeconds = 0.02;

    private readonly long _began = Stopwatch.GetTimestamp();
    private long _sent;

    public int Piece => speed is { } bytes ? Math.Max(1, (int)(bytes * PieceSeconds)) : 1 << 20;

    /// <summary>Waits until bytes that come next would have arrived at this speed.</summary>
    public async ValueTask WaitAsync(int bytes, CancellationToken cancellationToken)
    {
        _sent += bytes;
        var early = speed is { } rate ? TimeSpan.FromSeconds(_sent / rate) - Stopwatch.GetElapsedTime(_began) : TimeSpan.Zero;
        if (early > TimeSpan.Zero)
        {
            await Task.Delay(early, cancellationToken);
        }
    }
}
