using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ResumableDownload.Model;
using ResumableDownload.Naming;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Naming;

/// <summary>Whatever the text is: no name, or one that is safe on every system.</summary>
public sealed partial class SafeFileNameLaws
{
    private const string Folder = "/folder/of/downloads";

    private static readonly string[] Pieces =
    [
        "a", "Z9", "CON", "nul", "com1", "LPT\u00b9", "conin$", ".", "..", " ", "  ", "/", "\\", ":", "C:\\", "~1", "~", ".partial", ".checkpoint", ".new",
        ".partial.checkpoint.new", ".PARTIAL", ".tar", ".gz", ".txt", ".jpeg2000", "<>\"|?*", "\0", "\r\n", "\u202e", "\u200d", "\ufeff", "\u0301", "\u0338", "<\u0338",
        "\u212a", "\u037e", "\u3000", "\u2028", "\ufffe", "\ufffd", "\ufe0f", "\ud83d", "\ude00", "\U0001F600", "\U0001F468\u200d\U0001F469", "\u00e9", "\u4f60", "\uac00", "\u1100\u1161",
        "\u0d4e", "%2f", "_",
    ];

    // Short ones for their contents, long ones for what a cut does to them.
    private static readonly Gen<string> Names = Gen.OneOf(
        Gen.ArrayOf(Gen.Elements(Pieces)).Select(string.Concat),
        ArbMap.Default.GeneratorFor<string>().Where(static text => text is not null),
        Gen.ArrayOf(Gen.Choose(0, 0xFFFF)).Select(static units => string.Concat(units.Select(static unit => (char)unit))),
        Gen.ArrayOf(Gen.Elements(Pieces)).SelectMany(_ => Gen.Choose(215, 260), static (pieces, length) =>
            string.Concat(pieces.Take(pieces.Length / 2)) + new string('x', Math.Max(0, length - pieces.Sum(static piece => piece.Length))) + string.Concat(pieces.Skip(pieces.Length / 2))),
        Gen.Elements(Pieces).SelectMany(_ => Gen.Choose(0, 300), static (piece, count) => string.Concat(Enumerable.Repeat(piece, count))).Two().Select(static two => two.Item1 + two.Item2));

    [Fact]
    public void A_name_stays_in_its_folder() => ForNames(static name =>
    {
        Assert.Equal(name, Path.GetFileName(name));
        Assert.Equal(Folder, Path.GetDirectoryName(Path.GetFullPath(Path.Combine(Folder, name))));
        Assert.Equal(name, Path.GetFileName(Path.GetFullPath(Path.Combine(Folder, name))));
    });

    [Fact]
    public void A_name_is_possible_everywhere() => ForNames(static name =>
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 255);
        Assert.False(Refused().IsMatch(name), name);
        Assert.Equal(name, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)));
        Assert.True(name.IsNormalized());
    });

    [Fact]
    public void A_name_is_neither_hidden_nor_a_device_nor_another_downloads() => ForNames(static name =>
    {
        Assert.Equal(name, name.Trim().Trim('.'));
        Assert.False(Device().IsMatch(name), name);
        Assert.False(Sidecar().IsMatch(name), name);
    });

    [Fact]
    public void A_safe_name_is_left_alone() => ForNames(static name => Assert.Equal(name, SafeFileName.Of(name)));

    [Fact]
    public void A_numbered_name_is_as_safe_as_the_name() => ForNames(static name =>
    {
        foreach (var number in (int[])[1, 9, 10, int.MaxValue])
        {
            var numbered = NumberedName.Of(name, number);
            Assert.Equal(numbered, SafeFileName.Of(numbered));
            Assert.Contains($" ({number})", numbered, StringComparison.Ordinal);
        }
    });

    [Fact]
    public void Numbers_make_different_names() => ForNames(static name =>
        Assert.Equal(12, Enumerable.Range(0, 12).Select(number => NumberedName.Of(name, number)).Distinct(StringComparer.OrdinalIgnoreCase).Count()));

    [Fact]
    public void Most_texts_give_a_name()
    {
        var (names, all) = (0, 0);
        Law.Holds(Names, text => names += (all++, SafeFileName.Of(text)).Item2 is null ? 0 : 1);
        Assert.InRange(names, all / 2, all - 1);
    }

    private static void ForNames(Action<string> law) => Law.Holds(
        Names,
        text =>
        {
            if (SafeFileName.Of(text) is { } name)
            {
                law(name);
            }
        },
        4000);

    [GeneratedRegex(@"[<>:""/\\|?*\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFD-\uFFFF](?<![\uD800-\uDBFF](?=[\uDC00-\uDFFF])|(?<=[\uD800-\uDBFF])[\uDC00-\uDFFF])")]
    private static partial Regex Refused();

    [GeneratedRegex(@"^(CON|PRN|AUX|NUL|COM[\d\u00b9\u00b2\u00b3]|LPT[\d\u00b9\u00b2\u00b3]|CONIN\$|CONOUT\$) *(\.|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Device();

    [GeneratedRegex(@"\.partial(\.checkpoint(\.new)?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sidecar();
}
