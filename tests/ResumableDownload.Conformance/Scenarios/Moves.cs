using System.Globalization;
using System.IO.Compression;

namespace ResumableDownload.Conformance;

/// <summary>The moves that scenarios are made of.</summary>
internal static class Moves
{
    private const int Length = Scenario.Length;

    /// <summary>How range requests are answered from now on; others are answered honestly.</summary>
    public static void ToRanges(this Stage stage, Func<SeenRequest, Answer, Answer> twist) => stage.Origin.TowardsRanges = new Conduct { Twist = twist };

    public static void ToRanges(this Stage stage, Func<Answer, Answer> twist) => stage.ToRanges((_, answer) => twist(answer));

    /// <summary>How every request is answered from now on.</summary>
    public static void ToAll(this Stage stage, Func<Answer, Answer> twist) => stage.Origin.Otherwise = Conduct.Say(twist);

    /// <summary>How the next requests are answered, before the others.</summary>
    public static void First(this Stage stage, params IEnumerable<Conduct> conducts) => stage.Origin.Then(conducts);

    /// <summary>A file of the first version without what names it.</summary>
    public static Resource Nameless(int number, int length = Length) => Resource.Version(number, length) with { EntityTag = null, LastModified = null };

    public static Resource Dated(int number, int length = Length) => Resource.Version(number, length) with { EntityTag = null };

    public static Resource Tagged(int number, string tag, int length = Length) => Resource.Version(number, length) with { EntityTag = tag };

    /// <summary>The bytes of a resource from a position on, as a part; the length of the part may be limited.</summary>
    public static Answer Part(Resource resource, long first, int most = int.MaxValue)
    {
        var count = (int)Math.Min(most, resource.Length - first);
        return new Answer(206, resource.Bytes.AsMemory((int)first, count))
            .With("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {first}-{first + count - 1}/{resource.Length}"))
            .With("ETag", resource.EntityTag)
            .With("Last-Modified", resource.LastModified)
            .With("Content-Type", resource.ContentType);
    }

    public static Answer Whole(Resource resource) => new Answer(200, resource.Bytes)
        .With("ETag", resource.EntityTag)
        .With("Last-Modified", resource.LastModified)
        .With("Content-Type", resource.ContentType);

    public static Answer Xml(int status, string code) =>
        new Answer(status, Ascii($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{code} it is.</Message></Error>")).With("Content-Type", "application/xml");

    /// <summary>A page such as the login of a network, far longer than the rest of the file.</summary>
    public static Answer Page(int status = 200) => new Answer(status, PageBytes).With("Content-Type", "text/html; charset=utf-8");

    public static byte[] PageBytes { get; } = Ascii("<!doctype html><title>Sign in</title>" + new string('.', Length));

    public static Answer Gzipped(Answer answer) => (answer with { Body = Gzip(answer.Body) }).With("Content-Encoding", "gzip");

    public static byte[] Gzip(ReadOnlyMemory<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes.Span);
        }

        return packed.ToArray();
    }

    public static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
