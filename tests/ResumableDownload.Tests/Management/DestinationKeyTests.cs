using ResumableDownload.Management;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>Which downloads stand in each other's way.</summary>
public sealed class DestinationKeyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_resources_cannot_go_to_one_file() =>
        Assert.Equal(Of("https://host/a", _folder.File("file")), Of("https://host/b", _folder.File("file")));

    [Fact]
    public void One_resource_can_go_to_two_files() =>
        Assert.NotEqual(Of("https://host/a", _folder.File("file")), Of("https://host/a", _folder.File("other")));

    [Fact]
    public void Two_ways_to_write_a_path_are_one() =>
        Assert.Equal(Of("https://host/a", _folder.File("file")), Of("https://host/a", Path.Combine(_folder.Path, "sub", "..", ".", "file")));

    [Fact]
    public void Two_resources_can_go_to_one_folder() =>
        Assert.NotEqual(Of("https://host/a", _folder.Path), Of("https://host/b", _folder.Path));

    [Fact]
    public void One_resource_cannot_go_to_one_folder_twice_not_even_with_a_fresh_signature() =>
        Assert.Equal(Of("https://host/a?Expires=1&OSSAccessKeyId=k&Signature=x", _folder.Path), Of("https://host/a?Expires=2&OSSAccessKeyId=k&Signature=y", _folder.Path));

    [Fact]
    public void A_folder_is_the_same_with_and_without_a_separator_at_its_end_if_it_is_there() =>
        Assert.Equal(Of("https://host/a", _folder.Path), Of("https://host/a", _folder.Path + Path.DirectorySeparatorChar));

    [Fact]
    public void A_path_that_can_only_be_a_folder_is_one_before_it_is_there()
    {
        var path = _folder.File("later") + Path.DirectorySeparatorChar;
        Assert.NotEqual(Of("https://host/a", path), Of("https://host/b", path));
    }

    [Fact]
    public void Paths_that_differ_in_case_are_two_where_the_file_system_says_so() =>
        Assert.Equal(!OperatingSystem.IsLinux(), DestinationKey.Comparer.Equals("/folder/a", "/folder/A"));

    private static string Of(string source, string destination) => DestinationKey.Of(new(new Uri(source), destination));
}
