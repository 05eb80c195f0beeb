using ResumableDownload.Model;

namespace ResumableDownload.Planning;

/// <summary>One connection's range, as the planner sees it.</summary>
/// <param name="Left">From the next byte that is awaited to the range's end.</param>
/// <param name="Speed">Bytes per second over the last seconds; zero when it stalled.</param>
/// <param name="IsYoung">Whether its speed tells little yet (<see cref="SegmentSpeed.IsYoung"/>).</param>
/// <param name="MayBeSplit">Whether its body is delivering (a range that awaits its first byte is never split), and everything of <paramref name="Left"/> is missing.</param>
internal readonly record struct SegmentView(ByteRange Left, double Speed, bool MayBeSplit, bool IsYoung = false);
