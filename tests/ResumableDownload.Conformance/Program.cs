namespace ResumableDownload.Conformance;

/// <summary>Runs the kit.</summary>
internal static class Program
{
    private static int Main() => 0;
}
