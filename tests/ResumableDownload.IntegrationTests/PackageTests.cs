using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace ResumableDownload.IntegrationTests;

/// <summary>The package, as it goes to its users: installed into a new console app, which runs the first example of the README.</summary>
[Collection(nameof(Alone))]
public sealed class PackageTests(LocalFeed feed) : IClassFixture<LocalFeed>, IDisposable
{
    private const string FromAContainer = """
        var services = new Microsoft.Extensions.DependencyInjection.ServiceCollection();
        Microsoft.Extensions.DependencyInjection.ResumableDownloadServiceCollectionExtensions.AddResumableDownloads(
            services,
            Microsoft.Extensions.Configuration.MemoryConfigurationBuilderExtensions.AddInMemoryCollection(new Microsoft.Extensions.Configuration.ConfigurationBuilder(), [new("MaxConnections", "2")]).Build());
        await using var provider = Microsoft.Extensions.DependencyInjection.ServiceCollectionContainerBuilderExtensions.BuildServiceProvider(services);
        var again = (IResumableDownloader)provider.GetService(typeof(IResumableDownloader))!;
        var options = (Microsoft.Extensions.Options.IOptions<ResumableDownloadOptions>)provider.GetService(typeof(Microsoft.Extensions.Options.IOptions<ResumableDownloadOptions>))!;
        var whole = await again.DownloadAsync(new Uri("https://example.com/model.bin"), "again.bin");
        Console.WriteLine($"{whole.Length} bytes once more, with {options.Value.MaxConnections} connections at most.");
        """;

    private readonly TempFolder _folder = new();

    private string App => _folder["app"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_app_installs_it_and_runs_the_first_example_of_the_README()
    {
        await using var origin = NewOrigin();
        CreateApp(origin, FirstExample());
        await Dotnet.RunAsync(App, "build", "-c", "Release", "-o", _folder["out"], "-p:UseSharedCompilation=false");

        await AssertDownloadsAsync(origin, () => Dotnet.RunAsync(_folder.Path, _folder[Path.Combine("out", "app.dll")]));
    }

    [RuntimePackFact]
    public async Task A_trimmed_app_that_brings_its_own_runtime_downloads_too_and_nothing_warns()
    {
        await using var origin = NewOrigin();
        CreateApp(origin, FirstExample() + Environment.NewLine + FromAContainer, "<PublishTrimmed>true</PublishTrimmed><TrimmerSingleWarn>false</TrimmerSingleWarn><EnableAotAnalyzer>true</EnableAotAnalyzer>");
        await Dotnet.RunAsync(
            App, "publish", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "-o", _folder["out"], "-p:UseSharedCompilation=false", "-warnaserror");

        // Options from a configuration are the first thing that trimming would break.
        var program = _folder[Path.Combine("out", OperatingSystem.IsWindows() ? "app.exe" : "app")];
        await AssertDownloadsAsync(origin, () => Dotnet.RunProgramAsync(_folder.Path, program), "1000000 bytes once more, with 2 connections at most.");
        Assert.Equal(origin.Resource.Bytes, await File.ReadAllBytesAsync(_folder["again.bin"]));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("icon.png")]
    [InlineData("lib/net10.0/ResumableDownload.dll")]
    [InlineData("lib/net10.0/ResumableDownload.xml")]
    public void It_holds_what_its_users_look_for(string name)
    {
        using var package = ZipFile.OpenRead(feed.Package);
        Assert.Contains(package.Entries, entry => entry.FullName == name && entry.Length > 0);
    }

    [Fact]
    public async Task It_says_what_it_is_and_needs_no_more_than_it_must()
    {
        await using var package = ZipFile.OpenRead(feed.Package);
        using var reader = new StreamReader(package.GetEntry("ResumableDownload.nuspec")!.Open());
        var nuspec = System.Xml.Linq.XDocument.Parse(await reader.ReadToEndAsync());

        Assert.Equal("MIT", Value("license"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.Equal("README.md", Value("readme"));
        Assert.NotEmpty(Value("tags"));
        Assert.NotEmpty(Value("description"));
        Assert.Equal(Dependencies, nuspec.Descendants().Where(static element => element.Name.LocalName == "dependency").Select(static element => element.Attribute("id")!.Value).Order());
        Assert.True(File.Exists(Path.ChangeExtension(feed.Package, "snupkg")), "There are no symbols.");

        string Value(string name) => nuspec.Descendants().Single(element => element.Name.LocalName == name).Value;
    }

    // Those for configurations and options come with Microsoft.Extensions.Http anyway; they are named for the code that they generate.
    private static IEnumerable<string> Dependencies =>
    [
        "Microsoft.Extensions.Configuration.Binder", "Microsoft.Extensions.Http", "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.Options", "Microsoft.Extensions.Options.ConfigurationExtensions", "Polly",
    ];

    internal static string FirstExample() => DocumentTests.Blocks("README.md")[0];

    // The first connection breaks, so that the app has to go on.
    private static ScriptedOrigin NewOrigin() => new(Resource.Version(1, 1_000_000), Conduct.CutAt(400_000));

    private void CreateApp(ScriptedOrigin origin, string code, string properties = "")
    {
        Directory.CreateDirectory(App);

        // A folder for packages of its own, so that none of an earlier build is taken for this one; what is not ours need not be fetched again.
        File.WriteAllText(Path.Combine(App, "Program.cs"), code.Replace("https://example.com/model.bin", origin.Url.AbsoluteUri, StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(App, "app.csproj"), string.Create(CultureInfo.InvariantCulture, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <InvariantGlobalization>true</InvariantGlobalization>
                <RestoreAdditionalProjectSources>{feed.Path}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{_folder["packages"]}</RestorePackagesPath>
                <RestoreFallbackFolders>{Dotnet.Packages}</RestoreFallbackFolders>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ResumableDownload" Version="{LocalFeed.Version}" />
              </ItemGroup>
            </Project>
            """));
    }

    private async Task AssertDownloadsAsync(ScriptedOrigin origin, Func<Task<string>> run, params string[] more)
    {
        var said = await run();

        Assert.Equal(["1000000 bytes, of which 0 were there already.", .. more], said.Trim().Split(Environment.NewLine));
        Assert.Equal(origin.Resource.Bytes, await File.ReadAllBytesAsync(_folder["model.bin"]));
        Assert.Equal(400_000, origin.Requests[1].From);
    }
}
