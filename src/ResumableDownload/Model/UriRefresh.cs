namespace ResumableDownload;

/// <summary>What is known when a fresh address is wanted.</summary>
public sealed record UriRefresh
{
    /// <summary>Gets why.</summary>
    public required UriRefreshReason Reason { get; init; }

    /// <summary>Gets the address that is to be replaced, signature included.</summary>
    public required Uri Source { get; init; }

    /// <summary>Gets the status of the answer that refused it, or <see langword="null"/> when it is only about to expire.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Gets the error code of an object store's answer, as <c>AccessDenied</c>.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets the message that came with the code.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Gets the first 64 KiB of the refusal's body. Empty when there was none.</summary>
    public ReadOnlyMemory<byte> ErrorBody { get; init; }

    /// <summary>Shows the reason only: the address is a secret.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Reason} {StatusCode} {ErrorCode}".TrimEnd();
}
