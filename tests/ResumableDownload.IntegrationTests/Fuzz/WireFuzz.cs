using System.Net.Sockets;
using System.Security.Cryptography;
using ResumableDownload.Tests.Fuzz;
using ResumableDownload.Transport;

namespace ResumableDownload.IntegrationTests.Fuzz;

/// <summary>Whatever comes over the wire: the file is right or there is a failure as documented, nothing lies outside the folder, and once the world turns good the download is finished.</summary>
public sealed class WireFuzz
{
    private const int Lanes = 32;

    [Fact]
    public Task A_server_that_answers_anything_never_makes_a_wrong_file() => PlayAsync(2_500, breaksHeads: false);

    [Fact]
    public Task A_server_that_breaks_every_rule_never_makes_a_wrong_file() => PlayAsync(1_500, breaksHeads: true);

    private static async Task PlayAsync(int usual, bool breaksHeads)
    {
        using var folder = new TempFolder();
        var origins = Enumerable.Range(0, Lanes).Select(static _ => new ScriptedOrigin(Resource.Version(1, 0))).ToArray();
        try
        {
            await Fuzzing.PlayAsync(usual, Lanes, (lane, random) => PlayOneAsync(origins[lane], folder[$"{lane}"], random, breaksHeads));
        }
        finally
        {
            await Task.WhenAll(origins.Select(static origin => origin.DisposeAsync().AsTask()));
        }
    }

    private static async Task PlayOneAsync(ScriptedOrigin origin, string folder, Random random, bool breaksHeads)
    {
        var length = random.Pick(0, 1, 1000, 70_000, 150_000, 150_000);
        var wild = new WildOrigin(random, length, breaksHeads) { FirstCut = length == 150_000 && random.Next(2) == 0 ? random.Next(66_000, 149_999) : null };
        var stage = new WireStage(folder, isFolder: random.Next(3) == 0, hasOld: random.Next(4) == 0);
        var digest = breaksHeads || random.Next(3) == 0 ? new Digest(DigestAlgorithm.Sha256, SHA256.HashData(wild.Truth.Bytes)) : null;
        var request = new DownloadRequest(origin.Url, stage.Destination) { ExpectedDigest = digest };
        var options = Options(random);
        (origin.ByRequest, origin.Otherwise, origin.Resource) = (wild.Deal, Conduct.Serve, wild.Truth);

        var (result, failure) = await RunAsync(origin, request, options, stage);

        stage.AssertTidy();
        Assert.True(result is null || IsRight(await File.ReadAllBytesAsync(result.Path), digest is null ? wild.Served : [wild.Truth.Bytes], mustBeWhole: digest is not null), "The file is of no version.");
        Assert.True(result is not null || stage.IsAsItWas, $"{failure} has changed the destination.");

        origin.ByRequest = null;
        if (result is null)
        {
            // What a hostile server made of the kept bytes must not be in the way of an honest one.
            var (finished, again) = await RunAsync(origin, request, Scene.Impatient(), stage);
            if (again is { Failure: DownloadFailure.DigestMismatch, Kept: 0 })
            {
                // All was there already, with a digest that the hostile server told: the failure says so, and leaves nothing.
                (finished, again) = await RunAsync(origin, request, Scene.Impatient(), stage);
            }

            Assert.True(finished is not null, $"After '{failure?.Message}' an honest server does not finish it: {again?.Message}");
            Assert.True(IsRight(await File.ReadAllBytesAsync(finished.Path), [wild.Truth.Bytes], mustBeWhole: true), "An honest server makes a wrong file.");
            stage.AssertTidy();
        }

        origin.Forget();
    }

    private static async Task<(DownloadResult? Result, DownloadException? Failure)> RunAsync(ScriptedOrigin origin, DownloadRequest request, ResumableDownloadOptions options, WireStage stage)
    {
        using var client = new HttpClient(Handler(origin.Port)) { Timeout = Timeout.InfiniteTimeSpan };
        using var downloader = new ResumableDownloader(client, options);
        try
        {
            var result = await downloader.DownloadAsync(request);
            Assert.Equal(stage.Folder, Path.GetDirectoryName(result.Path));
            return (result, null);
        }
        catch (DownloadException failure)
        {
            Assert.DoesNotContain(failure.Message, char.IsControl);
            return (null, failure);
        }
    }

    // As the library's own, but it goes to no other server, wherever a redirect leads.
    private static SocketsHttpHandler Handler(int port)
    {
        var handler = OriginHandler.Create();
        var connect = handler.ConnectCallback ?? throw new InvalidOperationException("Linux has one.");
        handler.ConnectCallback = (context, cancellationToken) => (context.DnsEndPoint.Host, context.DnsEndPoint.Port) == ("127.0.0.1", port)
            ? connect(context, cancellationToken)
            : ValueTask.FromException<Stream>(new SocketException((int)SocketError.HostNotFound));
        return handler;
    }

    private static bool IsRight(byte[] file, IEnumerable<byte[]> versions, bool mustBeWhole) =>
        versions.Any(version => mustBeWhole ? file.AsSpan().SequenceEqual(version) : version.AsSpan().StartsWith(file));

    private static ResumableDownloadOptions Options(Random random) => new()
    {
        RetryDelay = TimeSpan.Zero,
        MaxRetryDelay = TimeSpan.Zero,
        MaxRetryAfter = TimeSpan.Zero,
        MaxAttemptsWithoutProgress = random.Next(1, 4),
        StallTimeout = TimeSpan.FromMilliseconds(400),
        StallBytes = 1,
        MaxConnections = random.Pick(1, 4),
        Condition = random.Pick(ResumeCondition.Auto, ResumeCondition.Auto, ResumeCondition.IfRange, ResumeCondition.IfMatch),
        WeakIdentity = random.Pick(WeakIdentity.StartOver, WeakIdentity.ContentEvidence, WeakIdentity.Refuse),
        FinalCheck = random.Pick(FinalCheck.Auto, FinalCheck.Never, FinalCheck.Always),
        ExistingDestination = random.Pick(ExistingDestination.Replace, ExistingDestination.Number),
        MaxStartOvers = random.Pick(0, 1, 3),
    };
}
