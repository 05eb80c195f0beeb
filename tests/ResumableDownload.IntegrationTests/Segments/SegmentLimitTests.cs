using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

/// <summary>Servers that have no time for so many connections: they get fewer, and the file comes all the same.</summary>
public sealed class SegmentLimitTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Conduct> Refusals = new()
    {
        ["reset"] = Conduct.Silence(Ending.Reset),
        ["429"] = Conduct.Refuse(429, ("Retry-After", "5")),
        ["429 for an hour"] = Conduct.Refuse(429, ("Retry-After", "3600")),
        ["503"] = Conduct.Refuse(503),
    };

    public static TheoryData<string, int> Rows => Matrix.Of<string, int>([.. Refusals.Keys], [2, 3]);

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_server_that_serves_only_so_many_at_once_gets_no_more_and_nothing_fails(string refusal, int most)
    {
        await using var scene = Many.Scene(24 * Many.MiB);
        scene.Options.MaxConnections = 8;
        var door = new Turnstile(most, Refusals[refusal]);
        scene.Origin.ByRequest = door.Admit;

        var result = await scene.HurryAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Empty(result.StartedOver);
        Assert.InRange(scene.Requests.Count, 2, 30);
        output.WriteLine($"{door.Turned} turned away, {result.Elapsed.TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task What_a_server_had_time_for_is_remembered_by_the_same_downloader()
    {
        await using var scene = Many.Scene(24 * Many.MiB);
        scene.Options.MaxConnections = 8;
        var door = new Turnstile(2, Refusals["503"]);
        scene.Origin.ByRequest = door.Admit;
        using var downloader = scene.NewDownloader();
        await downloader.DownloadAsync(scene.Origin.Url, scene.Destination).WaitAsync(Wait.Limit);
        var turned = door.Turned;
        Assert.True(turned > 0, "Nobody was turned away.");
        var probe = new ProgressProbe();

        await downloader.DownloadAsync(scene.Origin.Url, scene.Folder["second.bin"], probe).WaitAsync(Wait.Limit);

        Scene.AssertSame(scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync(scene.Folder["second.bin"]));
        Assert.InRange(probe.Reports.Max(static report => report.Connections), 1, 2);

        // One that ends early to give way to another may still be counted by the server when its successor comes.
        Assert.InRange(door.Turned - turned, 0, 1);
    }

    [Theory]
    [InlineData("429 for an hour")]
    [InlineData("503")]
    public async Task Who_is_turned_away_again_and_again_while_others_deliver_does_not_end_the_download(string refusal)
    {
        await using var scene = Many.Scene(24 * Many.MiB);
        var count = 0;

        // Two deliver what they were given; the first one breaks, and its next question is refused.
        scene.Origin.ByRequest = _ => Interlocked.Increment(ref count) switch
        {
            1 => Many.Paced with { BodyLimit = 3 * Many.MiB, Ending = Ending.Reset },
            2 or 3 => Many.Paced,
            4 => Refusals[refusal],
            _ => Many.Paced,
        };

        await scene.HurryAsync();

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task A_client_with_one_connection_for_each_server_brings_the_file_all_the_same()
    {
        await using var scene = Many.Scene();
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1, AllowAutoRedirect = false });
        using var downloader = new ResumableDownloader(client, scene.Options, scene.Log, new QuickTime(Many.Haste));

        var result = await downloader.DownloadAsync(scene.Origin.Url, scene.Destination).WaitAsync(Wait.Limit);

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Empty(result.StartedOver);
        Assert.InRange(result.Elapsed.TotalSeconds, 0, 15);
    }

    /// <summary>Lets only so many answers be under way at once. One that the client gave up is over when no byte of it has gone for a while.</summary>
    private sealed class Turnstile(int most, Conduct refusal)
    {
        private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(25);

        private readonly Lock _gate = new();
        private readonly List<Guest> _guests = [];

        public int Turned { get; private set; }

        public Conduct Admit(SeenRequest request)
        {
            lock (_gate)
            {
                _guests.RemoveAll(static guest => guest.IsGone());
                if (_guests.Count >= most)
                {
                    Turned++;
                    return refusal;
                }

                var guest = new Guest(request);
                _guests.Add(guest);
                return Many.Paced with { Twist = (_, answer) => guest.Of(answer) };
            }
        }

        private sealed class Guest(SeenRequest request)
        {
            private long _length = long.MaxValue;
            private (long Sent, DateTime At) _seen = (0, DateTime.UtcNow);

            public Answer Of(Answer answer)
            {
                Interlocked.Exchange(ref _length, answer.Body.Length);
                return answer;
            }

            public bool IsGone()
            {
                var sent = request.BodyBytesSent;
                if (sent != _seen.Sent)
                {
                    _seen = (sent, DateTime.UtcNow);
                }

                return sent >= Interlocked.Read(ref _length) || DateTime.UtcNow - _seen.At > Patience;
            }
        }
    }
}
