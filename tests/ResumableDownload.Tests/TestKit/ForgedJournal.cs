using System.Text;
using ResumableDownload.Integrity;
using ResumableDownload.Storage;

namespace ResumableDownload.Tests.TestKit;

/// <summary>A journal whose lines say anything, and whose proofs hold nevertheless: somebody who can write to the folder can make one.</summary>
internal static class ForgedJournal
{
    public static JournalHeader Header { get; } = new()
    {
        Generation = "0123456789abcdef0123456789abcdef",
        Resource = "sha256:r",
        Uri = "https://host/file.bin",
        Etag = "\"v1\"",
        Date = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    /// <param name="header">Its first line.</param>
    /// <param name="lines">The others, up to their proof, with an apostrophe for each quotation mark.</param>
    public static byte[] Of(JournalHeader header, params string[] lines) => Of(Encoding.UTF8.GetString(header.ToJson())[..^1], lines);

    /// <param name="header">The first line up to its proof.</param>
    /// <param name="lines">The others.</param>
    public static byte[] Of(string header, params string[] lines)
    {
        var (bytes, chain) = (new List<byte>(), JournalLine.Seed(Header.Generation));
        foreach (var line in lines.Select(static line => line.Replace('\'', '"')).Prepend(header))
        {
            var content = Encoding.UTF8.GetBytes(line);
            var ending = new byte[JournalLine.EndingLength];
            JournalLine.WriteEnding(chain = Crc32C.Append(chain, content), ending);
            bytes.AddRange(content);
            bytes.AddRange(ending);
        }

        return [.. bytes];
    }

    public static JournalReading.Held Held(params string[] lines) => Assert.IsType<JournalReading.Held>(JournalFold.Read(Of(Header, lines)));
}
