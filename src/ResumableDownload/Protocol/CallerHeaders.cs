using System.Buffers;
using System.Collections.Immutable;

namespace ResumableDownload.Protocol;

/// <summary>Which header fields a caller may add, and what they may hold.</summary>
/// <remarks>HttpClient's unvalidated headers would put a CR LF on the wire as it is: a request inside a request.</remarks>
internal static class CallerHeaders
{
    // RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly string[] Reserved =
    [
        "Range", "If-Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since",
        "Accept-Encoding", "TE", "Connection", "Transfer-Encoding", "Upgrade",
    ];

    private static readonly string[] SecretWords = ["auth", "cookie", "key", "token", "secret", "session", "signature", "password", "credential"];

    public static ImmutableArray<KeyValuePair<string, string>> Checked(IEnumerable<KeyValuePair<string, string>> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ImmutableArray<KeyValuePair<string, string>> copy = [.. headers];
        foreach (var (name, value) in copy)
        {
            if (FaultOf(name, value) is { } fault)
            {
                throw new ArgumentException(fault, nameof(headers));
            }
        }

        return copy;
    }

    /// <summary>Names of fields that may go to any origin.</summary>
    public static ImmutableArray<string> CheckedShared(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        ImmutableArray<string> copy = [.. names];
        return copy.FirstOrDefault(IsCredential) is { } credential
            ? throw new ArgumentException($"The header field '{credential}' is never shared with another origin.", nameof(names))
            : copy;
    }

    /// <summary>A validator that a request can name.</summary>
    public static Validator? Checked(Validator? validator) => validator switch
    {
        null => null,
        { EntityTag: null, LastModified: null } => throw new ArgumentException("The validator holds neither an entity tag nor a date.", nameof(validator)),
        { EntityTag: { } tag } when tag.Trim() is "" or "*" => throw new ArgumentException("The validator's entity tag names no version.", nameof(validator)),
        { LastModified: { } date } when string.IsNullOrWhiteSpace(date) => throw new ArgumentException("The validator's date is empty.", nameof(validator)),
        _ when !IsSendable(validator.EntityTag) || !IsSendable(validator.LastModified) =>
            throw new ArgumentException("The validator holds a character that cannot be sent.", nameof(validator)),
        _ => validator,
    };

    /// <summary>Whether a value can be sent in a field without ending it.</summary>
    public static bool IsSendable(ReadOnlySpan<char> value) => !value.ContainsAnyExceptInRange(' ', '~');

    /// <summary>Whether a field's name sounds like that of a secret: Authorization, Cookie, X-Api-Key, X-Auth-Token and their like.</summary>
    public static bool LooksSecret(string name) => SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsCredential(string name) => new[] { "Authorization", "Proxy-Authorization", "Cookie" }.Contains(name, StringComparer.OrdinalIgnoreCase);

    // HttpClient refuses them on a request without content, and says nothing.
    private static bool IsOfContent(string name) =>
        name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
        || new[] { "Allow", "Expires", "Last-Modified" }.Contains(name, StringComparer.OrdinalIgnoreCase);

    // The value is never part of the message: it may be a secret.
    private static string? FaultOf(string name, string? value) => name switch
    {
        null or "" => "A header field has no name.",
        _ when name.AsSpan().ContainsAnyExcept(TokenChars) => "A header field's name holds a character that is not allowed.",
        _ when Reserved.Contains(name, StringComparer.OrdinalIgnoreCase) => $"The header field '{name}' is set by the download itself.",
        _ when IsOfContent(name) => $"The header field '{name}' describes content, and a GET carries none.",
        _ when value is null || !IsSendable(value.Replace('\t', ' ')) => $"The value of the header field '{name}' is missing, or holds a line break or another character that cannot be sent.",
        _ => null,
    };
}
