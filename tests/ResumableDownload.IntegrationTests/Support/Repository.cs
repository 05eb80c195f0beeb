namespace ResumableDownload.IntegrationTests;

/// <summary>The tree that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The full path of something in it.</summary>
    public static string Path(string relative)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "ResumableDownload.sln")))
        {
            folder = folder.Parent;
        }

        return System.IO.Path.Combine(folder!.FullName, relative);
    }
}
