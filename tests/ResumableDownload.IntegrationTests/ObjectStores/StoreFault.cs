namespace ResumableDownload.IntegrationTests;

/// <summary>What goes wrong with one request to a store. The default is nothing.</summary>
internal sealed record StoreFault
{
    public static StoreFault None { get; } = new();

    /// <summary>Runs before the request is dealt with: the world changes between two requests.</summary>
    public Action? First { get; init; }

    /// <summary>Runs while the body is being sent: the world changes during a request. The body stays the old object's, as stores keep what they send.</summary>
    public Action? During { get; init; }

    /// <summary>An error of the store instead of the object.</summary>
    public (int Status, string Code, string Message)? Refusal { get; init; }

    /// <summary>The connection is closed after so many bytes of the body.</summary>
    public long? CutAt { get; init; }

    /// <summary>Nothing more comes after so many bytes of the body, until the client goes away.</summary>
    public long? StallAt { get; init; }

    /// <summary>The byte of the body that arrives with one bit wrong.</summary>
    public long? FlipAt { get; init; }

    public static StoreFault Cut(long at) => new() { CutAt = at };

    public static StoreFault Refuse(int status, string code, string message = "Try again later.") => new() { Refusal = (status, code, message) };

    public static IEnumerable<StoreFault> Throttle(int status, string code, int times) => Enumerable.Repeat(Refuse(status, code), times);

    public static StoreFault Before(Action action) => new() { First = action };
}
