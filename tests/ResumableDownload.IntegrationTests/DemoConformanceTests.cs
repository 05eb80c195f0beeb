namespace ResumableDownload.IntegrationTests;

/// <summary>Some of the conformance kit against the demo as a process; all of it is for the kit's own program.</summary>
public sealed class DemoConformanceTests
{
    /// <summary>One of each kind: a process has retries of its own to wait for.</summary>
    public static TheoryData<string> ForTheDemo =>
    [
        "unchanged: the connection is reset at 300 KiB",
        "changed: same length, another strong tag",
        "changed: shrunk below what is kept",
        "If-Range and If-Match ignored: a 206 of the new file with its tag",
        "a 206 that begins later than asked",
        "a 416 that names another length, changed",
        "404 with a page longer than the file from now on",
        "a redirect to itself",
    ];

    [Theory]
    [MemberData(nameof(ForTheDemo))]
    public async Task The_demo_ends_as_http_allows(string name)
    {
        var verdict = await Playing.PlayAsync(Kit.Named(name), Tools.Ours);

        Assert.True(verdict.IsAllowed, verdict.ToString());
    }
}
