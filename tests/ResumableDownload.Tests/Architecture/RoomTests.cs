using System.Text.RegularExpressions;

namespace ResumableDownload.Tests.Architecture;

public sealed class RoomTests
{
    private static readonly Dictionary<string, string> RoomOfType = RoomRules.RoomOfType(SourceTree.Library);

    public static TheoryData<string> Files => [.. SourceTree.Library.Select(static file => file.Path)];

    public static TheoryData<string> PureFiles => [.. SourceTree.Library.Where(static file => RoomRules.Floors.GetValueOrDefault(file.Room, 9) <= 1).Select(static file => file.Path)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_room_names_lower_floors_only(string path) =>
        Assert.True(!RoomRules.FaultsOf(SourceTree.File(path), RoomOfType).Any(), string.Join("\n", RoomRules.FaultsOf(SourceTree.File(path), RoomOfType)));

    [Theory]
    [MemberData(nameof(PureFiles))]
    public void A_decision_does_no_io_and_knows_no_clock(string path) =>
        Assert.True(!PureRules.FaultsOf(SourceTree.File(path)).Any(), string.Join("\n", PureRules.FaultsOf(SourceTree.File(path))));

    [Fact]
    public void The_facade_is_known_to_the_guard()
    {
        string[] facade = ["DownloadRequest", "ResumableDownloadOptions", "ResumableDownloader", "OptionsCheck"];
        Assert.All(facade, static name => Assert.Equal(".", RoomOfType[name]));
    }

    [Fact]
    public void A_namespace_is_its_room_or_the_root()
    {
        foreach (var file in SourceTree.Library)
        {
            var own = Regex.Match(file.Code, @"^namespace ([\w.]+);", RegexOptions.Multiline).Groups[1].Value;
            string[] allowed = file.Room switch
            {
                "." => ["ResumableDownload"],
                "Hosting" => ["ResumableDownload", "ResumableDownload.Hosting", "Microsoft.Extensions.DependencyInjection"],
                _ => ["ResumableDownload", "ResumableDownload." + file.Room],
            };
            Assert.True(allowed.Contains(own), $"{file.Path} declares the namespace {own}");
        }
    }

    // A using that no file shows would slip past every scan here.
    [Fact]
    public void No_using_is_global()
    {
        Assert.DoesNotContain(SourceTree.Library, static file => Regex.IsMatch(file.Code, @"\bglobal\s+using\b"));
        Assert.DoesNotContain("<Using ", File.ReadAllText(Path.Combine(SourceTree.Root, "src/ResumableDownload/ResumableDownload.csproj")), StringComparison.Ordinal);
        Assert.DoesNotContain("<Using ", File.ReadAllText(Path.Combine(SourceTree.Root, "Directory.Build.props")), StringComparison.Ordinal);
    }

    [Fact]
    public void Polly_is_named_in_one_file_and_in_the_options() =>
        Assert.Equal(
            ["src/ResumableDownload/ResumableDownloadOptions.cs", "src/ResumableDownload/Transfer/RetryPipeline.cs"],
            SourceTree.Library.Where(static file => Regex.IsMatch(file.Code, @"\bPolly\b")).Select(static file => file.Path).Order(StringComparer.Ordinal));
}
