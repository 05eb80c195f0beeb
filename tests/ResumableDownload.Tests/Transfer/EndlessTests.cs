using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>A server that gives the same odd answer for ever is asked a few times, and what is kept stays kept.</summary>
public sealed class EndlessTests : IDisposable
{
    private const int Many = 1000;
    private static readonly ResourceVersion First = ResourceVersion.Random(100_000, 1, "\"v1\"");
    private static readonly ResourceVersion Weak = First with { EntityTag = "W/\"v1\"" };
    private static readonly ResourceVersion Impostor = ResourceVersion.Random(100_000, 2, "\"v1\"");

    private readonly Bench _bench = new(First);

    public void Dispose() => _bench.Dispose();

    public static TheoryData<string, int> Statuses
    {
        get
        {
            var rows = new TheoryData<string, int>();
            foreach (var status in (int[])[202, 204, 206, 300, 302, 304, 400, 401, 403, 404, 408, 410, 412, 416, 425, 429, 451, 500, 501, 503, 511, 599])
            {
                rows.Add("strong", status);
                rows.Add("little", status);
                rows.Add("evidence", status);
                rows.Add("If-Match", status);
                rows.Add("refreshing", status);
                rows.Add("since", status);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task A_status_for_ever(string mode, int status)
    {
        Choose(mode);
        await _bench.KeepAsync(40_000);
        _bench.Server.Then(Many, new Conduct { Status = status, Headers = [("Location", "/other")] });

        var failure = await _bench.FailAsync();

        Assert.Equal(40_000, failure.Kept);
        Assert.InRange(_bench.Server.Requests.Length, 3, 2 + 21);
        AssertStillResumes();
    }

    [Theory]
    [InlineData("AccessDenied")]
    [InlineData("SlowDown")]
    [InlineData("ExpiredToken")]
    [InlineData("InvalidObjectState")]
    public async Task A_stores_document_for_ever(string code)
    {
        Choose("refreshing");
        await _bench.KeepAsync(40_000);
        foreach (var status in (int[])[400, 403, 404, 503])
        {
            _bench.Server = new(_bench.Time, First);
            _bench.Server.Then(Many, new Conduct { Status = status, Document = $"<Error><Code>{code}</Code></Error>" });
            Assert.Equal((40_000, code), ((await _bench.FailAsync()).Kept, (await _bench.FailAsync()).ErrorCode));
            Assert.InRange(_bench.Server.Requests.Length, 2, 24);
        }
    }

    public static TheoryData<string, string> Bodies => new()
    {
        { "evidence", "nothing" }, { "evidence", "overlap" }, { "evidence", "whole and nothing" }, { "evidence", "stalled" },
        { "little", "nothing" }, { "little", "whole and nothing" }, { "little", "stalled" },
        { "refreshing", "nothing" }, { "strong", "page" }, { "evidence", "page" }, { "little", "page" }, { "strong", "coded" }, { "evidence", "coded" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_without_a_new_byte_for_ever(string mode, string body)
    {
        Choose(mode);
        await _bench.KeepAsync(40_000);
        _bench.Server.Then(Many, body switch
        {
            "overlap" => new Conduct { CutAfter = 9_999 },
            "whole and nothing" => new Conduct { IgnoresRange = true, CutAfter = 39_999 },
            "stalled" => new Conduct { StallAfter = 0 },
            "page" => new Conduct { IgnoresRange = true, ContentType = "text/html" },
            "coded" => new Conduct { Headers = [("Content-Encoding", "gzip")] },
            _ => new Conduct { CutAfter = 0 },
        });

        var failure = await _bench.FailAsync();

        Assert.Equal(40_000, failure.Kept);
        Assert.InRange(_bench.Server.Requests.Length, 3, 12);
        AssertStillResumes();
    }

    /// <summary>Each of these gives something up, so the other budget ends them.</summary>
    [Theory]
    [InlineData("evidence", "other weak tags")]
    [InlineData("evidence", "other overlaps")]
    [InlineData("strong", "other digests")]
    [InlineData("checked", "changes after each whole")]
    [InlineData("little", "other tags")]
    [InlineData("weak", "cut")]
    public async Task A_resource_that_never_holds_still(string mode, string conduct)
    {
        Choose(mode);
        await _bench.KeepAsync(40_000);
        _bench.Server.OnRequest = number =>
        {
            var other = ResourceVersion.Random(100_000, number, conduct == "other overlaps" ? "W/\"v1\"" : conduct == "other digests" ? "\"v1\"" : conduct == "other weak tags" ? $"W/\"{number}\"" : $"\"{number}\"");
            _bench.Server.Version = conduct == "cut" ? Weak : other;
            _bench.Server.Otherwise = new Conduct
            {
                CutAfter = conduct == "changes after each whole" ? null : 50_000,
                Headers = conduct == "other digests" ? [("x-oss-hash-crc64ecma", $"{number}")] : [],
            };
        };

        var failure = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.SourceUnstable, failure.Failure);
        Assert.InRange(_bench.Server.Requests.Length, 3, 14);
        Assert.False(_bench.Disk.FileExists(_bench.Target));
    }

    [Fact]
    public async Task A_digest_that_never_holds_ends_after_one_start_over()
    {
        _bench.Settings = _bench.Settings with { ExpectedDigest = Digest.Parse("crc64:0000000000000000") };
        _bench.Server.OnRequest = number => _bench.Server.Otherwise = new Conduct { CutAfter = number % 2 == 0 ? null : 50_000 };
        _bench.Server.Version = Impostor;
        Assert.Equal(DownloadFailure.DigestMismatch, (await _bench.FailAsync()).Failure);
        Assert.Equal(4, _bench.Server.Requests.Length);
    }

    private void Choose(string mode)
    {
        var limits = _bench.Settings.Limits;
        _bench.Server.Version = mode is "evidence" or "weak" ? Weak : First;
        _bench.RefreshUri = mode == "refreshing" ? static (_, _) => ValueTask.FromResult<Uri?>(new($"https://origin.test/file.bin?{Guid.NewGuid()}")) : null;
        _bench.Settings = _bench.Settings with
        {
            Condition = mode == "If-Match" ? ResumeCondition.IfMatch : ResumeCondition.Auto,
            FinalCheck = mode == "checked" ? FinalCheck.Always : FinalCheck.Never,
            Limits = limits with
            {
                WeakIdentity = mode == "evidence" ? WeakIdentity.ContentEvidence : WeakIdentity.StartOver,
                EvidenceLength = 10_000,
                LeastResumed = mode == "little" ? 64 * 1024 : 0,
                IfChangedSince = mode == "since" ? new Validator { EntityTag = "\"v0\"" } : null,
            },
        };
    }

    private void AssertStillResumes() => Assert.Equal((40_000, false), (_bench.Claims()!.Received.Length, _bench.Disk.FileExists(_bench.Target)));
}
