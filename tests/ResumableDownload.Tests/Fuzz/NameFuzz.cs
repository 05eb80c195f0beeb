using System.Text;
using ResumableDownload.Naming;
using ResumableDownload.Storage;

namespace ResumableDownload.Tests.Fuzz;

/// <summary>Whatever names a file: the name is one within its folder.</summary>
public sealed class NameFuzz
{
    private const string Folder = "/folder/of/downloads";

    private static readonly string[] Words =
    [
        "attachment", "inline", ";", "; ", "filename", "filename*", "*0", "*1*", "=", "\"", "\\\"", "UTF-8''", "iso-8859-1'en'", "UTF-16''", "utf-7''", "=?UTF-8?B?Li4vLi4v?=", "=?UTF-8?Q?=2E=2E=2F?=",
        "..", "../", "..\\", "/", "\\", "C:", "%2e%2e%2f", "%2F", "%5C", "%00", "%0a", "%E4", "%C3%A4", "con", "NUL.txt", ".partial", ".partial.checkpoint", ".ssh", "~", "a.bin", "\u4f60", "\u202etxt.exe", "\ud83d\ude00", "x",
    ];

    private static readonly string[] Paths =
        ["/", "//", "/../", "/..%2f..%2f", "%2e%2e/", "..;/", "a.bin", "?x=/../y", "#/../z", "%00", "%5c..%5c", "%ff", "\\", "b%20c", ".partial", ":8080", "\u65e5", "@", "con", ";v=1"];

    [Fact]
    public Task No_Content_Disposition_leads_out_of_the_folder() => Fuzzing.PlayAsync(40_000, static random =>
    {
        if (FileNameChoice.OfAnswer(Mutation.Words(random, Words, 14)) is { } name)
        {
            AssertWithin(name);
        }
    });

    [Fact]
    public Task No_address_leads_out_of_the_folder() => Fuzzing.PlayAsync(20_000, static random =>
    {
        if (Uri.TryCreate("https://host/" + Mutation.Words(random, Paths, 8), UriKind.Absolute, out var address))
        {
            var name = FileNameChoice.OfAddress(address);
            AssertWithin(name);
            var sidecars = SidecarPaths.InFolder(Folder, name, "sha256:r");
            Assert.All((string[])[sidecars.Partial, sidecars.Journal, sidecars.JournalSuccessor], static path => Assert.Equal(Folder, Path.GetDirectoryName(Path.GetFullPath(path))));
        }
    });

    private static void AssertWithin(string name)
    {
        Assert.Equal($"{Folder}/{name}", Path.GetFullPath(Path.Combine(Folder, name)));
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 255);
        Assert.DoesNotContain(name, static letter => char.IsControl(letter) || letter is '/' or '\\' or ':' or '"' or '*' or '?' or '<' or '>' or '|');
        Assert.False(name.StartsWith('.') || name.EndsWith('.') || name.EndsWith(' '), name);
        Assert.False(name.EndsWith(".partial", StringComparison.OrdinalIgnoreCase) || name.Contains(".partial.checkpoint", StringComparison.OrdinalIgnoreCase) && name.EndsWith("checkpoint", StringComparison.OrdinalIgnoreCase), name);
    }
}
