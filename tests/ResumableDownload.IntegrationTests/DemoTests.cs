using System.Security.Cryptography;
using System.Text;

namespace ResumableDownload.IntegrationTests;

/// <summary>The console demo as its users have it: words in, one word out, an exit code.</summary>
[Collection(nameof(Alone))]
public sealed class DemoTests
{
    private const int Length = 400_000;
    private const int Sent = 150_000;

    private static readonly Resource File1 = Resource.Version(1, Length);

    [Fact]
    public async Task The_guided_demo_finds_everything_right()
    {
        using var folder = new TempFolder();
        using var demo = Demo.StartIn(folder.Path);

        var (exitCode, output, errors) = await demo.WordsAsync();

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.StartsWith("Everything was right", output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.Contains("proved by crc64 (x-oss-hash-crc64ecma)", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Without_an_output_the_file_goes_to_the_current_folder_by_the_name_that_the_server_gives()
    {
        await using var scene = new Scene(File1, Conduct.Say(answer => answer.With("Content-Disposition", "attachment; filename=\"../report 2026.pdf\"")));
        using var demo = Demo.StartIn(scene.Folder.Path, scene.Origin.Url.AbsoluteUri, "--json");

        var report = await demo.EndAsync();

        Assert.Equal((0, scene.Folder["report 2026.pdf"]), (report.ExitCode, report.Path));
        Assert.Equal([report.Path!], Directory.GetFileSystemEntries(scene.Folder.Path));
    }

    [Fact]
    public async Task Interrupted_in_a_folder_it_goes_on_there_when_called_again()
    {
        await using var scene = new Scene(File1, Conduct.StallAt(Sent));
        var folder = scene.Folder["new"] + Path.DirectorySeparatorChar;
        using var first = Demo.Start(scene.Origin.Url, folder, "-n", "1");
        var request = new DownloadRequest(scene.Origin.Url, folder);
        await Wait.UntilAsync(() => first.HasExited || ResumableDownloader.Inspect(request)?.Received == Sent, "what was sent is on disk");
        first.Interrupt();
        var interrupted = await first.EndAsync();
        using var second = Demo.Start(scene.Origin.Url, folder);

        var whole = await second.EndAsync();

        Assert.Equal((130, "interrupted", Sent), (interrupted.ExitCode, interrupted.Status, interrupted.Fetched));
        Assert.Equal((0, Sent, Length - Sent), (whole.ExitCode, whole.ResumedFrom, whole.Fetched));
        Assert.Equal([Path.Combine(folder, "file.bin")], Directory.GetFileSystemEntries(folder));
        Scene.AssertSame(File1.Bytes, File.ReadAllBytes(whole.Path!));
    }

    [Fact]
    public async Task A_digest_that_holds_is_named_in_the_report()
    {
        await using var scene = new Scene(File1);
        using var demo = Demo.Start(scene.Origin.Url, scene.Destination, "--digest", "sha-256:" + Convert.ToHexString(SHA256.HashData(File1.Bytes)));

        var report = await demo.EndAsync();

        Assert.Equal((0, """["sha-256 (caller)"]"""), (report.ExitCode, report.Json.GetProperty("provedBy").GetRawText()));
        scene.AssertHolds(File1);
    }

    [Fact]
    public async Task A_file_with_another_digest_never_appears()
    {
        await using var scene = new Scene(File1);
        using var demo = Demo.Start(scene.Origin.Url, scene.Destination, "--digest", "sha-256:" + new string('0', 64));

        var report = await demo.EndAsync();

        Assert.Equal((1, "failed"), (report.ExitCode, report.Status));
        Assert.Contains(nameof(DownloadFailure.DigestMismatch), report.Failure, StringComparison.Ordinal);
        Assert.False(File.Exists(scene.Destination));
    }

    [Theory]
    [InlineData("has 64 hexadecimal digits, not 3", "--digest", "sha-256:abc")]
    [InlineData("is no digest algorithm known here", "--digest", "sha-3:abc")]
    [InlineData("Must be one of", "--weak-identity", "perhaps")]
    [InlineData("in a folder, the name is known only after the answer", "--only-if-changed")]
    public async Task Words_that_make_no_sense_are_explained_before_anything_is_asked(string reason, params string[] options)
    {
        await using var scene = new Scene(File1);
        using var demo = Demo.StartIn(scene.Folder.Path, [scene.Origin.Url.AbsoluteUri, .. options]);

        var (exitCode, output, errors) = await demo.WordsAsync();

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.Empty(scene.Requests);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_fetched_again_and_what_has_is()
    {
        await using var server = await StaticServer.StartAsync(withoutTag: false);
        using var folder = new TempFolder();
        server.Publish(version: 1, Length);

        Assert.Equal((0, "whole", Length), await OnlyIfChangedAsync(server.Url, folder["file.bin"]));
        Assert.Equal((0, "not-modified", 0), await OnlyIfChangedAsync(server.Url, folder["file.bin"]));
        var changed = server.Publish(version: 2, Length);
        Assert.Equal((0, "whole", Length), await OnlyIfChangedAsync(server.Url, folder["file.bin"]));
        Scene.AssertSame(changed.Bytes, File.ReadAllBytes(folder["file.bin"]));
    }

    [Theory]
    [InlineData("start-over", 0, "whole", 0)]
    [InlineData("content-evidence", 0, "whole", Sent)]
    [InlineData("refuse", 1, "failed", Sent)]
    public async Task Kept_bytes_that_nothing_vouches_for_are_treated_as_the_user_says(string choice, int exitCode, string status, long resumedFrom)
    {
        var nameless = File1 with { EntityTag = null, LastModified = null };
        await using var scene = new Scene(nameless);
        await scene.LeaveAsync(Sent);
        using var demo = Demo.Start(scene.Origin.Url, scene.Destination, "--weak-identity", choice);

        var report = await demo.EndAsync();

        Assert.Equal((exitCode, status, resumedFrom), (report.ExitCode, report.Status, report.ResumedFrom));
        Assert.Equal(choice == "content-evidence", report.Json.GetProperty("byEvidence").GetBoolean());
        Assert.Equal(exitCode == 1, report.Failure.Contains(nameof(DownloadFailure.NotResumable), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("replace", 0, "file.bin")]
    [InlineData("number", 0, "file (1).bin")]
    [InlineData("fail", 1, "file.bin")]
    public async Task A_file_that_is_there_gets_what_the_user_says(string choice, int exitCode, string name)
    {
        await using var scene = new Scene(File1);
        File.WriteAllText(scene.Destination, "mine");
        using var demo = Demo.Start(scene.Origin.Url, scene.Destination, "--existing", choice);

        var report = await demo.EndAsync();

        Assert.Equal((exitCode, scene.Folder[name]), (report.ExitCode, report.Path));
        Assert.Equal(choice != "replace", File.ReadAllBytes(scene.Destination).AsSpan().SequenceEqual("mine"u8));
        Assert.Equal(exitCode == 1, report.Failure.Contains(nameof(DownloadFailure.DestinationExists), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("auto", "not-asked", 1)]
    [InlineData("never", "not-asked", 1)]
    [InlineData("always", "confirmed", 2)]
    public async Task The_server_is_asked_at_the_end_when_the_user_says_so(string choice, string outcome, int requests)
    {
        await using var scene = new Scene(File1);
        using var demo = Demo.Start(scene.Origin.Url, scene.Destination, "--final-check", choice);

        var report = await demo.EndAsync();

        Assert.Equal((0, outcome, requests), (report.ExitCode, report.FinalCheck, scene.Requests.Count));
    }

    [Fact]
    public async Task What_an_object_store_says_is_in_the_one_line_and_the_signature_is_not()
    {
        await using var scene = new Scene(File1, Expired());
        var signed = scene.Origin.UrlOf("/file.bin?OSSAccessKeyId=somebody&Expires=1577836800&Signature=hidden");
        using var demo = Demo.Start(signed, scene.Destination);

        var report = await demo.EndAsync();

        var line = Assert.Single(report.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("AccessDenied: Request has expired.", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", line + report.Json, StringComparison.Ordinal);
        Assert.Contains(nameof(DownloadFailure.Expired), report.Failure, StringComparison.Ordinal);
    }

    private static Conduct Expired() => Conduct.Say(_ => new Answer(
        403,
        Encoding.ASCII.GetBytes("<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>")).With("Content-Type", "application/xml"));

    private static async Task<(int ExitCode, string? Status, long Fetched)> OnlyIfChangedAsync(Uri url, string destination)
    {
        using var demo = Demo.Start(url, destination, "--only-if-changed");
        var report = await demo.EndAsync();
        Assert.Equal(Length, report.Json.GetProperty("length").GetInt64());
        return (report.ExitCode, report.Status, report.Fetched);
    }
}
