using System.Globalization;

namespace ResumableDownload.Protocol;

/// <summary>A part of a resource that is downloaded as if it were a resource of its own: requests are moved to where it lies, answers back to where it begins.</summary>
/// <param name="Range">Where it lies in the resource; not empty.</param>
internal sealed record ResourceWindow(ByteRange Range)
{
    /// <summary>The request for the same bytes of the resource.</summary>
    /// <remarks>
    /// Every other download begins with a plain GET, whose answer says what is there. Here that would bring everything before the part too, so the first request is a
    /// range already. It has no condition, as there is no version yet that it would have to continue: whatever the server sends is judged as a whole.
    /// </remarks>
    public RangeRequest ToResource(RangeRequest asked) => asked with
    {
        Start = Range.Start + asked.Start,
        End = asked.End is { } end ? Math.Min(Range.Start + end, Range.End) : Range.End,
        IsPartial = true,
    };

    /// <summary>What an answer says of the part: its offsets and lengths, and nothing that is true of the whole resource only.</summary>
    /// <param name="asked">The request for bytes of the part.</param>
    /// <param name="answer">The answer to the request for the same bytes of the resource.</param>
    public ResponseFacts ToFile(RangeRequest asked, ResponseFacts answer)
    {
        // A digest of the whole resource proves nothing of the part.
        var facts = answer with { Digests = [] };
        return answer.Status switch
        {
            200 => OfWhole(facts),
            206 => OfPart(asked, facts),
            416 => OfNothing(facts),
            _ => facts,
        };
    }

    /// <summary>Which bytes of an answer's body are to be taken; <see langword="null"/> for all of it.</summary>
    public ByteRange? BytesOf(RangeRequest asked, ResponseFacts answer) => answer.Status switch
    {
        200 => Range,

        // What is told of such an answer is the length of all that was asked for. Its body ends where it says, and is then continued as a cut one is.
        206 when Beginning(asked, answer) is { } sent && sent.End < Range.End => new ByteRange(0, sent.Length),
        _ => null,
    };

    private ResponseFacts OfWhole(ResponseFacts answer)
    {
        // The length of a packed form says nothing, and a part under a wrong status is none of the resource. Both are refused as they are.
        if (answer.ContentCoding is not null || WholeBody.IsMisnamed(answer))
        {
            return answer;
        }

        var total = answer.ContentLength;
        return Noting(answer, total) with { ContentRange = [], ContentLength = LengthIn(total) ?? Range.Length };
    }

    private ResponseFacts OfPart(RangeRequest asked, ResponseFacts answer)
    {
        if (ContentRange.Read(answer.ContentRange) is not { Sent: { } sent } told)
        {
            return answer;
        }

        var noted = Noting(answer, told.Total);
        return Beginning(asked, answer) is null ? noted with { ContentRange = [Moved(answer.ContentRange[0], sent, told.Total)] }
            : noted with { Status = 200, ContentRange = [], ContentLength = Range.Length };
    }

    private ResponseFacts OfNothing(ResponseFacts answer) => Refusal.TotalOf(answer) is { } total
        ? Noting(answer, total) with { ContentRange = [string.Create(CultureInfo.InvariantCulture, $"bytes */{LengthIn(total)}")] }
        : answer;

    /// <summary>The bytes of a 206 that answers a request for all of the part as its beginning, at least, would; <see langword="null"/> for any other answer.</summary>
    private ByteRange? Beginning(RangeRequest asked, ResponseFacts answer) =>
        !asked.IsPartial
        && ContentRange.Read(answer.ContentRange) is { Sent: { } sent }
        && sent.Start == Range.Start
        && sent.End <= Range.End
        && (answer.ContentLength ?? sent.Length) == sent.Length
        && !PartialBody.IsMultipart(answer)
            ? sent
            : null;

    // What lies outside must not look like a part of the file, so it is told in words that no range is read from.
    private string Moved(string line, ByteRange sent, long? total) => sent.Start < Range.Start || sent.End > Range.End
        ? $"{line}, which is not inside {Range}"
        : string.Create(CultureInfo.InvariantCulture, $"bytes {sent.Start - Range.Start}-{sent.End - 1 - Range.Start}/{LengthIn(total)?.ToString(CultureInfo.InvariantCulture) ?? "*"}");

    private ResponseFacts Noting(ResponseFacts answer, long? total) => answer with
    {
        ResourceLength = total,
        Outside = total < Range.End ? string.Create(CultureInfo.InvariantCulture, $"The resource has only {total} bytes; the range {Range} is not wholly inside") : null,
    };

    /// <summary>How many bytes of the part there are in a resource of so many.</summary>
    private long? LengthIn(long? total) => total is { } bytes ? Math.Clamp(bytes - Range.Start, 0, Range.Length) : null;
}
