using Polly;
using ResumableDownload.Model;

namespace ResumableDownload;

/// <summary>How downloads behave. Copied and checked once, when a <see cref="ResumableDownloader"/> is made.</summary>
public sealed class ResumableDownloadOptions
{
    /// <summary>Gets or sets how a continuation is tied to the kept bytes.</summary>
    /// <value>The default is <see cref="ResumeCondition.Auto"/>.</value>
    [KnownValue]
    public ResumeCondition Condition { get; set; } = ResumeCondition.Auto;

    /// <summary>Gets or sets how many connections one download may use at the same time.</summary>
    /// <value>
    /// The default is 4; from 1 to 32. A download begins with one. Others join while more than 2 s seem to be left, more than four only while each doubling makes the whole
    /// at least 10 % faster, and any only where the length and a strong validator are known. A server that refuses one (429, 503, a reset) gets no more than it served, for ten minutes.
    /// </value>
    [Within(1, 32)]
    public int MaxConnections { get; set; } = 4;

    /// <summary>Gets or sets a value indicating whether further connections of a download may be streams of one HTTP/2 or HTTP/3 connection, as the client's version policy says.</summary>
    /// <value>The default is <see langword="false"/>: they use HTTP/1.1, so that each has a connection of its own. Parallel streams share one, and its speed.</value>
    public bool MultiplexSegments { get; set; }

    /// <summary>Gets or sets how many attempts in a row may bring no new byte. Any new byte starts the count again.</summary>
    /// <value>The default is 5; at least 1, at most 10,000.</value>
    [Within(1, 10_000)]
    public int MaxAttemptsWithoutProgress { get; set; } = 5;

    /// <summary>Gets or sets the wait before the second attempt; it doubles with each further one, and varies at random.</summary>
    /// <value>The default is 0.5 s; from zero to <see cref="MaxRetryDelay"/>.</value>
    [Within("00:00:00", "1.00:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Gets or sets the longest wait between attempts. A <c>Retry-After</c> of the server has its own limit, <see cref="MaxRetryAfter"/>.</summary>
    /// <value>The default is one minute; from <see cref="RetryDelay"/> to one day.</value>
    [Within("00:00:00", "1.00:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets the longest <c>Retry-After</c> (RFC 9110, section 10.2.3) that is waited for. A longer one fails the download and says until when.</summary>
    /// <value>The default is 10 minutes; from zero to one day.</value>
    [Within("00:00:00", "1.00:00:00")]
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets or sets how long a connection may bring less than <see cref="StallBytes"/> before the attempt ends. Time spent waiting for the disk or a bandwidth limit does not count.</summary>
    /// <value>The default is 30 s; from 100 ms to one day.</value>
    [Within("00:00:00.1", "1.00:00:00")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how many bytes a connection must bring within <see cref="StallTimeout"/>.</summary>
    /// <value>The default is 1024; at least 1.</value>
    [Within(1, long.MaxValue)]
    public long StallBytes { get; set; } = 1024;

    /// <summary>Gets or sets how often received bytes may be given up in one run before the download fails.</summary>
    /// <value>The default is 3; from 0 to 1,000.</value>
    [Within(0, 1_000)]
    public int MaxStartOvers { get; set; } = 3;

    /// <summary>Gets or sets how far the server's clock must be past a <c>Last-Modified</c> for that date to count as a strong validator (RFC 9110, section 8.8.2.2).</summary>
    /// <value>The default is 60 s; at least 1 s, at most one day. Used only when the answer has no entity tag.</value>
    [Within("00:00:01", "1.00:00:00")]
    public TimeSpan StrongDateMargin { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets what happens to kept bytes that no strong validator vouches for.</summary>
    /// <value>The default is <see cref="WeakIdentity.StartOver"/>.</value>
    [KnownValue]
    public WeakIdentity WeakIdentity { get; set; } = WeakIdentity.StartOver;

    /// <summary>Gets or sets how many of the kept bytes <see cref="WeakIdentity.ContentEvidence"/> asks for again and compares.</summary>
    /// <value>The default is 64 KiB; from 1 byte to 64 MiB. When less is kept, all of it is compared.</value>
    [Within(1, 64 << 20)]
    public long EvidenceLength { get; set; } = 64 * 1024;

    /// <summary>Gets or sets whether the server is asked, after the last byte, if the resource is still the version that was received.</summary>
    /// <value>The default is <see cref="FinalCheck.Auto"/>.</value>
    [KnownValue]
    public FinalCheck FinalCheck { get; set; } = FinalCheck.Auto;

    /// <summary>Gets or sets a value indicating whether digests of the whole file that the server sends (<c>Repr-Digest</c>, <c>x-oss-hash-crc64ecma</c> and others) must hold.</summary>
    /// <value>The default is <see langword="true"/>. <see langword="false"/> is for servers that send wrong ones.</value>
    public bool UseServerDigests { get; set; } = true;

    /// <summary>Gets or sets what happens when there is a file at the destination.</summary>
    /// <value>The default is <see cref="ExistingDestination.Replace"/>.</value>
    [KnownValue]
    public ExistingDestination ExistingDestination { get; set; } = ExistingDestination.Replace;

    /// <summary>Gets or sets the greatest length of a resource, in bytes.</summary>
    /// <value>The default is <see langword="null"/>: any.</value>
    [Within(0, long.MaxValue)]
    public long? MaxLength { get; set; }

    /// <summary>Gets or sets a value indicating whether the file gets the time of <c>Last-Modified</c>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool SetFileTime { get; set; }

    /// <summary>Gets or sets how much of what was kept is proved when a download goes on.</summary>
    /// <value>The default is <see cref="PartialVerification.Unflushed"/>.</value>
    [KnownValue]
    public PartialVerification VerifyPartial { get; set; } = PartialVerification.Unflushed;

    /// <summary>Gets or sets a speed limit. One object may be shared by many downloads: each gets an equal part, however many connections it has. Its rate may be changed while they run.</summary>
    /// <value>The default is <see langword="null"/>: no limit.</value>
    public BandwidthLimit? BandwidthLimit { get; set; }

    /// <summary>Gets or sets what adds Polly's strategies to the library's retries: a circuit breaker, a timeout, hedging.</summary>
    /// <value>
    /// The default is <see langword="null"/>. It is called once, when the downloader is made, with a builder that holds the retries already: what is added lies inside them, so that each attempt of
    /// a download's first connection passes it (the others have no retries). What it holds, as the state of a circuit, is common to all downloads of the downloader; the context's
    /// <see cref="ResilienceContext.OperationKey"/> is the origin, as <c>https://host</c>.
    /// </value>
    /// <remarks>
    /// <para>One execution means: bring at least one new byte. It is over with the first that is on the disk, so a timeout limits the wait for that, and not the body.</para>
    /// <para>
    /// <c>ShouldHandle</c> must ask for <see cref="AttemptOutcome.IsFruitful"/>: Polly's default looks at exceptions, and an attempt that brings nothing is none. What a strategy throws counts as an
    /// attempt that brought nothing, is tried again, and ends as <see cref="DownloadFailure.Rejected"/>; a circuit that stays open for longer than <see cref="MaxRetryAfter"/> ends it at once.
    /// </para>
    /// <para>A hedge takes the place of a request that has brought nothing; the two never run side by side.</para>
    /// </remarks>
    public Action<ResiliencePipelineBuilder<AttemptOutcome>>? ConfigureResilience { get; set; }

    /// <summary>Gets or sets a pipeline of Polly that takes the place of the library's retries, with what <see cref="ConfigureResilience"/> says of an execution.</summary>
    /// <value>
    /// The default is <see langword="null"/>. With one, <see cref="MaxAttemptsWithoutProgress"/>, <see cref="RetryDelay"/> and <see cref="MaxRetryDelay"/> have no effect: a download fails when the pipeline
    /// returns an outcome that is not <see cref="AttemptOutcome.IsFruitful"/>. It is the caller's to heed <see cref="AttemptOutcome.RetryAfter"/>. It cannot be combined with <see cref="ConfigureResilience"/>.
    /// </value>
    public ResiliencePipeline<AttemptOutcome>? ResiliencePipeline { get; set; }

    /// <summary>A copy, so that nothing the caller does later changes a downloader. (The speed limit is shared on purpose.)</summary>
    internal ResumableDownloadOptions Copy() => (ResumableDownloadOptions)MemberwiseClone();
}
