namespace ResumableDownload.Tests.TestKit;

/// <summary>One version of a resource.</summary>
internal sealed record ResourceVersion(byte[] Content, string? EntityTag, string? LastModified = null)
{
    /// <summary>Bytes that are the same for the same seed, and that no shift or other seed repeats.</summary>
    public static ResourceVersion Random(int length, int seed, string? entityTag)
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);
        return new(content, entityTag);
    }
}

/// <summary>How a scripted server treats one request. The default is an honest answer.</summary>
internal sealed record Conduct
{
    /// <summary>What it serves instead of the server's own version.</summary>
    public ResourceVersion? Serves { get; init; }

    /// <summary>A status to refuse with.</summary>
    public int? Status { get; init; }

    public (string Name, string Value)[] Headers { get; init; } = [];

    /// <summary>What it says when it refuses.</summary>
    public string Document { get; init; } = "";

    /// <summary>Its own clock; the test's when <see langword="null"/>.</summary>
    public string? Date { get; init; }

    /// <summary>Where a client that follows redirects by itself went for it.</summary>
    public Uri? WentTo { get; init; }

    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>After so many bytes of this body the connection breaks.</summary>
    public long? CutAfter { get; init; }

    /// <summary>After so many bytes of this body nothing comes any more.</summary>
    public long? StallAfter { get; init; }

    /// <summary>So many bytes come at once.</summary>
    public int Piece { get; init; } = int.MaxValue;

    /// <summary>The fake time before each piece.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>After so many bytes of this body it ends as if that were all.</summary>
    public long? EndsAfter { get; init; }

    /// <summary>The answer does not say its entity tag.</summary>
    public bool HidesTag { get; init; }

    /// <summary>The answer does not say its date.</summary>
    public bool HidesDate { get; init; }

    /// <summary>A part begins so many bytes later than it was asked for, or earlier.</summary>
    public int Shifts { get; init; }

    /// <summary>A part ends so many bytes early.</summary>
    public int Shortens { get; init; }

    /// <summary>What it says in Content-Range, whatever it sends; nothing when that is empty.</summary>
    public string? SaysRange { get; init; }

    /// <summary>The status that it gives to a body, right or wrong.</summary>
    public int? SaysStatus { get; init; }

    public bool IgnoresRange { get; init; }

    public bool IgnoresConditions { get; init; }

    /// <summary>No Content-Length.</summary>
    public bool HidesLength { get; init; }

    /// <summary>Chunked, so that the end is marked without a length.</summary>
    public bool IsChunked { get; init; }

    /// <summary>A Content-Length that is not the truth.</summary>
    public long? Announces { get; init; }

    /// <summary>So many bytes more than belong there.</summary>
    public int Excess { get; init; }

    /// <summary>No answer but this.</summary>
    public Exception? Fails { get; init; }

    public bool NeverAnswers { get; init; }

    /// <summary>A handler in between reads the body whole before it gives the answer on.</summary>
    public bool IsBuffered { get; init; }

    /// <summary>The answer has a head, but this instead of a body.</summary>
    public Exception? FailsToOpen { get; init; }

    /// <summary>The fake time before it answers.</summary>
    public TimeSpan AnswersAfter { get; init; }

    /// <summary>A cancelled read ends as a broken connection does, not as a cancellation.</summary>
    public bool BreaksWhenCancelled { get; init; }

    /// <summary>What a stall held back comes when the read is cancelled: it was on its way.</summary>
    public bool YieldsWhenCancelled { get; init; }

    public long BodyLimit => Math.Min(Math.Min(CutAfter ?? long.MaxValue, StallAfter ?? long.MaxValue), EndsAfter ?? long.MaxValue);
}
