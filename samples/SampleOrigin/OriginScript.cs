namespace ResumableDownload.SampleOrigin;

/// <summary>How an origin behaves.</summary>
internal sealed record OriginScript
{
    public OriginKind Kind { get; init; }

    /// <summary>Whether only signed addresses are answered, and only for their time.</summary>
    public bool IsSigned { get; init; }

    /// <summary>After how many bytes the first answers are cut, in order. Later answers are whole.</summary>
    public IReadOnlyList<int> Cuts { get; init; } = [];

    /// <summary>Slow enough to be interrupted in the middle, fast enough not to bore.</summary>
    public int BytesPerSecond { get; init; } = 20 * 1024 * 1024;
}
