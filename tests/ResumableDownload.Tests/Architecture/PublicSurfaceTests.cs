using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit.Abstractions;

namespace ResumableDownload.Tests.Architecture;

public sealed class PublicSurfaceTests(ITestOutputHelper output)
{
    private static readonly Assembly Library = typeof(ResumableDownloader).Assembly;

    [Fact]
    public void The_public_surface_changes_only_on_purpose()
    {
        var approved = SourceTree.File("tests/ResumableDownload.Tests/Architecture/PublicSurface.approved.txt").Text;
        var received = PublicSurface.Of(Library);
        if (received != approved)
        {
            // To approve a change, copy this file over the approved one.
            var path = Path.Combine(AppContext.BaseDirectory, "PublicSurface.received.txt");
            File.WriteAllText(path, received);
            output.WriteLine($"Written to {path}:\n{received}");
        }

        Assert.Equal(approved, received);
    }

    [Fact]
    public void One_using_is_enough_for_users() => Assert.All(
        Library.GetExportedTypes(),
        static type => Assert.Equal(type.Name.EndsWith("ServiceCollectionExtensions", StringComparison.Ordinal) ? "Microsoft.Extensions.DependencyInjection" : "ResumableDownload", type.Namespace));

    [Fact]
    public void No_class_is_left_open() => Assert.Empty(
        Library.GetTypes()
            .Where(static type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Where(static type => type.DeclaringType?.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !type.Name.StartsWith('<'))
            .Select(static type => type.FullName));
}
