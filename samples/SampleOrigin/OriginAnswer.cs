namespace ResumableDownload.SampleOrigin;

/// <summary>What an origin answers to a request: a status, and which bytes of the file.</summary>
internal sealed record OriginAnswer
{
    private OriginAnswer(int status, int start, int end) => (Status, Start, End) = (status, start, end);

    private OriginAnswer(int status, OriginError? error)
        : this(status, 0, 0) => Error = error;

    public int Status { get; }

    public int Start { get; }

    /// <summary>The first byte that is not sent any more.</summary>
    public int End { get; }

    public int Length => End - Start;

    /// <summary>What a refusal says.</summary>
    public OriginError? Error { get; }

    /// <summary>The address is not, or no longer, good.</summary>
    public static OriginAnswer Denied(OriginError error) => new(403, error);

    /// <summary>Decides in the order of RFC 9110, section 13.2.2: If-Match, then If-None-Match, then If-Range, then Range.</summary>
    public static OriginAnswer To(OriginRequest request, FileVersion version, OriginKind kind)
    {
        if (request.IfMatch is { } wanted && wanted != version.EntityTag)
        {
            return new(412, new OriginError("PreconditionFailed", "The file has another tag."));
        }

        return request.IfNoneMatch == version.EntityTag ? new(304, error: null) : PartOf(request, version, kind);
    }

    private static OriginAnswer PartOf(OriginRequest request, FileVersion version, OriginKind kind)
    {
        var changed = kind == OriginKind.Standard && request.IfRange is { } tag && tag != version.EntityTag;
        return changed || request.Bounds() is not { } bounds ? new(200, 0, version.Length)
            : bounds.First >= version.Length || bounds.Last < bounds.First ? new(416, new OriginError("InvalidRange", "The file ends before."))
            : new(206, bounds.First, Math.Min(version.Length, (bounds.Last ?? version.Length - 1) + 1));
    }
}
