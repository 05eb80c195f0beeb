using System.Globalization;

namespace ResumableDownload;

/// <summary>What names a representation: the validators of the server's answer, exactly as they were sent.</summary>
/// <remarks>See RFC 9110, section 8.8. The raw text is kept because it must be sent back, and compared, octet by octet.</remarks>
public sealed record Validator
{
    /// <summary>Gets the text of the <c>ETag</c> field, quotes and weakness mark included.</summary>
    /// <value>The default is <see langword="null"/>: the answer had none.</value>
    public string? EntityTag { get; init; }

    /// <summary>Gets the text of the <c>Last-Modified</c> field.</summary>
    /// <value>The default is <see langword="null"/>: the answer had none.</value>
    public string? LastModified { get; init; }

    /// <summary>A validator that holds a time only, as that of a file that is there already.</summary>
    /// <param name="time">The time. Fractions of a second are cut off.</param>
    /// <returns>The validator, in the form of RFC 9110, section 5.6.7.</returns>
    public static Validator OfTime(DateTimeOffset time) => new() { LastModified = time.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture) };
}
