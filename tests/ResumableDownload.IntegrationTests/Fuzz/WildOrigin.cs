using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ResumableDownload.Tests.Fuzz;

namespace ResumableDownload.IntegrationTests.Fuzz;

/// <summary>An origin that answers anything, but whose bodies are always of the version, and the part of it, that their heads claim: so that one can tell a wrong file from a right one.</summary>
internal sealed class WildOrigin(Random random, int length, bool breaksHeads)
{
    /// <summary>Sizes that nobody can read.</summary>
    private static readonly string[] NoSizes = ["10000000000000000", "-1", "+1", "", "g", "0"];

    /// <summary>Sizes that make what frames a chunk a part of it: then the body is another one than was meant, and only a digest can tell.</summary>
    private static readonly string[] FalseSizes = ["1", "ffffffff", "7fffffffffffffff", "8000000000000000", "0x10", " 5", "5 ", "5;ext=\"\n\"", "00000000000000000000005"];

    private readonly Dictionary<string, byte[]> _versions = [];
    private readonly Dictionary<string, HashSet<string>> _datesOf = [];

    /// <summary>The version that the honest answers are of.</summary>
    public Resource Truth { get; } = Resource.Version(1, length);

    /// <summary>What has been served, and so what a file may be the beginning of.</summary>
    public IReadOnlyCollection<byte[]> Served => _versions.Values;

    /// <summary>How many bytes the first body ends after; it is honest.</summary>
    public int? FirstCut { get; init; }

    private int _requests;

    public Conduct Deal(SeenRequest request)
    {
        lock (_versions)
        {
            var honest = HonestServer.AnswerTo(request, Truth, new Conduct { IgnoresIfRange = random.Next(5) == 0, IgnoresRange = random.Next(10) == 0 });
            return _requests++ == 0 && FirstCut is { } cut ? First(honest, cut) : Wild(request, WildHead.Bend(honest, random));
        }
    }

    private Conduct First(Answer honest, int cut)
    {
        Note(Truth.EntityTag!, Truth.LastModified);
        return new() { Raw = Text(honest.Head()) + Text(honest.Body.Span[..cut]), Ending = Ending.Close };
    }

    private Conduct Wild(SeenRequest request, Answer answer)
    {
        answer = answer with { Body = BodyOf(request, answer) };
        var head = answer.Head();
        var body = Framed(answer);
        return new()
        {
            Raw = Text(breaksHeads && random.Next(2) == 0 ? Mutation.Of(head, random) : head) + (random.Next(6) == 0 ? body[..random.Next(body.Length + 1)] : body),
            Ending = random.Next(12) switch { 0 => Ending.Reset, 1 => Ending.Normal, _ => Ending.Close },
        };
    }

    private ReadOnlyMemory<byte> BodyOf(SeenRequest request, Answer answer)
    {
        if (answer.Status is not (200 or 206) || (answer.Status == 206 && WildHead.PartOf(answer) is null))
        {
            return random.Next(3) == 0 ? Encoding.UTF8.GetBytes(Mutation.Of("<Error><Code>AccessDenied</Code><Message>expired</Message></Error>", random)) : Resource.Content(random.Next(), random.Next(2000));
        }

        var content = VersionFor(request, answer);
        if (answer.Status == 206 && WildHead.PartOf(answer) is var (first, last))
        {
            var start = (int)Math.Min(first, content.Length);
            return content.AsMemory(start, (int)Math.Clamp(last + 1 - start, 0, content.Length - start));
        }

        var told = WildHead.Lines(answer, "Content-Length") is [var only] && int.TryParse(only, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : length;
        return content.AsMemory(0, Math.Min(told, content.Length));
    }

    // A part that names nothing is one of what was asked for: whoever honours the condition need not say so again.
    private byte[] VersionFor(SeenRequest request, Answer answer)
    {
        var date = WildHead.Lines(answer, "Last-Modified") is [{ Length: > 0 } only] ? only : null;
        var named = request.IfRange ?? request.IfMatch ?? request.IfUnmodifiedSince;
        var hasTag = WildHead.Lines(answer, "ETag").Any(static tag => tag.Length > 0);
        if (!hasTag && named is not null && (date is null || date == named || _datesOf.GetValueOrDefault(named)?.Contains(date) == true))
        {
            return Note(named, date);
        }

        return Note(WildHead.VersionOf(answer) ?? Truth.EntityTag!, date);
    }

    private byte[] Note(string version, string? date)
    {
        // The honest date alone is the honest version's.
        version = version == Truth.LastModified ? Truth.EntityTag! : version;
        if (date is not null)
        {
            (_datesOf.TryGetValue(version, out var dates) ? dates : _datesOf[version] = []).Add(date);
        }

        return _versions.TryGetValue(version, out var bytes) ? bytes
            : _versions[version] = version == Truth.EntityTag ? Truth.Bytes : Resource.Content(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(version))), length);
    }

    private string Framed(Answer answer)
    {
        if (answer.Framing != Framing.Chunked && WildHead.Lines(answer, "Transfer-Encoding") is not ["chunked"])
        {
            return Text(answer.Body.Span);
        }

        var text = new StringBuilder();
        for (var rest = answer.Body; !rest.IsEmpty;)
        {
            var piece = rest[..Math.Min(rest.Length, random.Next(1, 40_000))];
            var size = random.Next(20) == 0 ? random.Pick<string>(breaksHeads ? FalseSizes : NoSizes) : piece.Length.ToString(random.Next(2) == 0 ? "x" : "X", CultureInfo.InvariantCulture);
            text.Append(size).Append("\r\n").Append(Text(piece.Span)).Append(random.Next(40) == 0 ? "" : "\r\n");
            rest = rest[piece.Length..];
        }

        return text.Append(random.Next(8) switch { 0 => "", 1 => "0\r\n", 2 => "0\r\nETag: \"v9\"\r\n\r\n", 3 => "0;x=y\r\n\r\n", _ => "0\r\n\r\n" }).ToString();
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
