using System.Buffers;
using System.Text;
using System.Text.Json;
using ResumableDownload.Integrity;
using ResumableDownload.Model;

namespace ResumableDownload.Storage;

/// <summary>The text of a line: JSON in one canonical form, ending with the proof that it follows the line before.</summary>
internal static class JournalLine
{
    /// <summary>The length of the ending <c>,"c":"01234567"}</c> and its line feed.</summary>
    public const int EndingLength = 17;

    /// <summary>No line but the first is longer: a name of 255 bytes, each of them escaped, fits.</summary>
    public const int Longest = 2048;

    private static readonly SearchValues<char> NeverInNames = SearchValues.Create(Path.GetInvalidFileNameChars());

    private static readonly (OriginTraits Trait, string Name)[] TraitNames =
    [
        (OriginTraits.IgnoresIfRange, "ignores-if-range"),
        (OriginTraits.IgnoresIfMatch, "ignores-if-match"),
        (OriginTraits.NoRanges, "no-ranges"),
        (OriginTraits.KeptDiffers, "kept-differs"),
    ];

    /// <summary>The proof before the first line: it ties every line to one generation.</summary>
    public static uint Seed(string generation) => Crc32C.Of(Encoding.UTF8.GetBytes(generation));

    /// <summary>Writes an entry without its ending; the length that was written.</summary>
    public static int Write(JournalEntry entry, SumKind sum, Span<byte> line) => entry switch
    {
        JournalEntry.Received { Run: var run } => new JournalText(line)
            .Add("{\"at\":"u8).Add(run.Range.Start).Add(",\"len\":"u8).Add(run.Range.Length).Add(",\"sum\":\""u8).AddHex(run.Sum, sum.HexDigits).Add("\""u8).Length,
        JournalEntry.Target target => new JournalText(line).Add("{\"target\":\""u8).Add(JsonEncodedText.Encode(target.Name, JournalJson.Text.Encoder).EncodedUtf8Bytes).Add("\""u8).Length,
        JournalEntry.Flushed flushed => new JournalText(line).Add("{\"flushed\":"u8).Add(flushed.Offset).Length,
        JournalEntry.Length length => new JournalText(line).Add("{\"length\":"u8).Add(length.Bytes).Length,
        // What holds for ever has no time, and is written as the first versions wrote it, so that they take heed of it too.
        JournalEntry.Trait { Learned: 0 } trait => new JournalText(line).Add("{\"trait\":\""u8).Add(Encoding.UTF8.GetBytes(NameOf(trait.Traits))).Add("\""u8).Length,
        JournalEntry.Trait trait => new JournalText(line).Add("{\"trait\":\""u8).Add(Encoding.UTF8.GetBytes(NameOf(trait.Traits))).Add("\",\"learned\":"u8).Add(trait.Learned).Length,
        _ => throw new ArgumentOutOfRangeException(nameof(entry)),
    };

    /// <summary>Writes the ending of a line whose proof is <paramref name="chain"/>; the length that was written.</summary>
    public static int WriteEnding(uint chain, Span<byte> line) => new JournalText(line).Add(",\"c\":\""u8).AddHex(chain, 8).Add("\"}\n"u8).Length;

    /// <summary>Splits a line, without its line feed, into what it says and its proof; <see langword="null"/> when it has none.</summary>
    public static uint? ProofOf(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (line.Length < EndingLength)
        {
            return null;
        }

        content = line[..^(EndingLength - 1)];
        var ending = new JournalCursor(line[content.Length..]);
        return ending.Skip(",\"c\":\""u8) && ending.Hex(8, out var chain) && ending.Skip("\"}"u8) && ending.IsAtEnd ? (uint)chain : null;
    }

    /// <summary>Reads an entry; <see langword="null"/> when it is none of ours.</summary>
    public static JournalEntry? Read(ReadOnlySpan<byte> content, SumKind sum)
    {
        var cursor = new JournalCursor(content);
        JournalEntry? entry =
            cursor.Skip("{\"at\":"u8) ? ReadRun(ref cursor, sum)
            : cursor.Skip("{\"flushed\":"u8) ? ReadNumber(ref cursor) is { } offset ? new JournalEntry.Flushed(offset) : null
            : cursor.Skip("{\"length\":"u8) ? ReadNumber(ref cursor) is { } bytes ? new JournalEntry.Length(bytes) : null
            : cursor.Skip("{\"target\":"u8) ? ReadTarget(ref cursor)
            : cursor.Skip("{\"trait\":\""u8) ? ReadTrait(ref cursor)
            : null;
        return cursor.IsAtEnd ? entry : null;
    }

    private static JournalEntry.Received? ReadRun(ref JournalCursor cursor, SumKind kind) =>
        cursor.Number(out var at)
        && cursor.Skip(",\"len\":"u8) && cursor.Number(out var length) && length <= long.MaxValue - at
        && cursor.Skip(",\"sum\":\""u8) && cursor.Hex(kind.HexDigits, out var sum) && cursor.Skip("\""u8)
            ? new JournalEntry.Received(new SummedRun(new ByteRange(at, at + length), sum))
            : null;

    private static JournalEntry.Target? ReadTarget(ref JournalCursor cursor)
    {
        try
        {
            return JsonSerializer.Deserialize(cursor.Rest(), JournalJson.Default.String) is { } name && IsName(name) ? new(name) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Anything else was not written by us, and might lead out of the folder.
    private static bool IsName(string text) => text is not ("" or "." or "..") && text.AsSpan().IndexOfAny(NeverInNames) < 0;

    private static long? ReadNumber(ref JournalCursor cursor) => cursor.Number(out var number) ? number : null;

    private static JournalEntry.Trait? ReadTrait(ref JournalCursor cursor) =>
        TraitOf(cursor.Word()) is not { } trait ? null
        : cursor.Skip("\",\"learned\":"u8) ? (cursor.Number(out var learned) ? new JournalEntry.Trait(trait, learned) : null)
        : cursor.Skip("\""u8) ? new JournalEntry.Trait(trait, 0)
        : null;

    private static string NameOf(OriginTraits trait) => TraitNames.Single(known => known.Trait == trait).Name;

    private static OriginTraits? TraitOf(ReadOnlySpan<byte> word)
    {
        foreach (var (trait, name) in TraitNames)
        {
            if (word.SequenceEqual(Encoding.UTF8.GetBytes(name)))
            {
                return trait;
            }
        }

        return null;
    }
}
