namespace ResumableDownload.Conformance;

/// <summary>What becomes of a connection when the answer, or as much of it as is given, has been sent.</summary>
public enum Ending
{
    /// <summary>It stays open for the next request, if the answer marks its own end.</summary>
    Normal,

    /// <summary>FIN: everything that was sent arrives.</summary>
    Close,

    /// <summary>RST: the client's system may drop what it had not read yet.</summary>
    Reset,

    /// <summary>Nothing more comes, until the client goes away.</summary>
    Stall,
}

/// <summary>How an origin deals with one request. The default is honest: RFC 9110 as it stands.</summary>
internal sealed record Conduct
{
    public static Conduct Serve { get; } = new();

    /// <summary>How many bytes of the body are sent at most.</summary>
    public long? BodyLimit { get; init; }

    public Ending Ending { get; init; }

    public bool IgnoresRange { get; init; }

    public bool IgnoresIfRange { get; init; }

    /// <summary>Ignores If-Match and If-Unmodified-Since, as lighttpd does.</summary>
    public bool IgnoresIfMatch { get; init; }

    /// <summary>Bends the honest answer.</summary>
    public Func<SeenRequest, Answer, Answer>? Twist { get; init; }

    /// <summary>Runs before the request is dealt with: the world changes between two requests.</summary>
    public Action? First { get; init; }

    /// <summary>Sent as it is instead of an answer.</summary>
    public string? Raw { get; init; }

    /// <summary>Sends <see cref="Raw"/> once and this ever after, until the client goes away.</summary>
    public string? Refrain { get; init; }

    /// <summary>The size of one write, and the pause after it.</summary>
    public (int Bytes, TimeSpan Pause) Pieces { get; init; } = (64 * 1024, TimeSpan.Zero);

    public static Conduct CutAt(long bytes, Ending ending = Ending.Close) => new() { BodyLimit = bytes, Ending = ending };

    public static Conduct StallAt(long bytes) => CutAt(bytes, Ending.Stall);

    /// <summary>No answer at all.</summary>
    public static Conduct Silence(Ending ending) => new() { Raw = "", Ending = ending };

    public static Conduct Say(Func<Answer, Answer> twist) => new() { Twist = (_, answer) => twist(answer) };

    public static Conduct Refuse(int status, params (string Name, string Value)[] headers) => new()
    {
        Twist = (_, _) => headers.Aggregate(
            new Answer(status, default),
            (answer, header) => answer.And(header.Name, header.Value)),
    };

    public static Conduct RedirectTo(string location, int status = 302) => Refuse(status, ("Location", location));
}
