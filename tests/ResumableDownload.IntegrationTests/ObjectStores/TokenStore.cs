using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace ResumableDownload.IntegrationTests;

/// <summary>A store whose signatures are only compared, not made as the vendor makes them. Their names, their times and what is said of them are the vendor's.</summary>
internal abstract class TokenStore : ObjectStore
{
    private const string Secret = "a secret of the stand-in";

    /// <summary>The parameter that holds the signature.</summary>
    protected abstract string SignatureName { get; }

    public override Uri Sign(string key, TimeSpan? validFor = null)
    {
        var parts = new SignedParts("GET", Bucket, key) { Query = [.. Parameters(Clock.GetUtcNow(), validFor ?? TimeSpan.FromHours(1))] };
        return parts.WithParameter(SignatureName, TokenOf(parts)).AddressAt(Endpoint);
    }

    /// <summary>The parameters of an address beside its signature.</summary>
    protected abstract IEnumerable<KeyValuePair<string, string>> Parameters(DateTimeOffset now, TimeSpan validFor);

    /// <summary>Until when an address is valid, as it says itself.</summary>
    protected abstract DateTimeOffset EndOf(StoreRequest request);

    protected abstract Answer Expired(DateTimeOffset end, DateTimeOffset now);

    protected virtual Answer Mismatch() => Error(403, "SignatureDoesNotMatch", "The signature does not match the request.");

    /// <summary>The beginning of the names of the vendor's own fields: one that came without being signed breaks the signature.</summary>
    protected virtual string? OwnFields => null;

    protected override Answer? Refuse(StoreRequest request)
    {
        var signed = request.Signed with { Query = request.Signed.Query.RemoveAll(parameter => parameter.Key == SignatureName) };
        request.SignatureHolds = request.Parameter(SignatureName) == TokenOf(signed)
            && (OwnFields is not { } own || !request.Signed.Headers.Any(field => field.Key.StartsWith(own, StringComparison.OrdinalIgnoreCase)));
        return (request.SignatureHolds, Clock.GetUtcNow()) switch
        {
            (false, _) => Mismatch(),
            (_, var now) when EndOf(request) <= now => Expired(EndOf(request), now),
            _ => null,
        };
    }

    private static string TokenOf(SignedParts parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Secret} {parts.Method} {parts.AddressAt(new Uri("http://store/"))}")));
}
