using System.Collections.Immutable;

namespace ResumableDownload.IntegrationTests;

/// <summary>What of a request a signature may cover. Names and values are decoded; the host and the scheme are not signed by OSS.</summary>
internal sealed record SignedParts(string Method, string Bucket, string Key)
{
    public ImmutableArray<KeyValuePair<string, string>> Query { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, string>> Headers { get; init; } = [];

    public string? Parameter(string name) => Find(Query, name);

    public string? Header(string name) => Find(Headers, name);

    public SignedParts WithParameter(string name, string value) => this with { Query = Query.Add(new(name, value)) };

    /// <summary>The address of what is signed, with all its parameters.</summary>
    public Uri AddressAt(Uri endpoint) => new(endpoint, EncodedPath + "?" + string.Join('&', Query.Select(Encoded)));

    /// <summary>Percent-encoded as RFC 3986 wants, but for the slashes.</summary>
    public string EncodedPath => string.Join('/', $"/{Bucket}/{Key}".Split('/').Select(Uri.EscapeDataString));

    /// <summary>One parameter as it stands in an address; without a value, its name alone.</summary>
    public static string Encoded(KeyValuePair<string, string> parameter) =>
        Uri.EscapeDataString(parameter.Key) + (parameter.Value.Length == 0 ? "" : "=" + Uri.EscapeDataString(parameter.Value));

    public static ImmutableArray<KeyValuePair<string, string>> ReadQuery(string query) =>
    [
        .. from parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries)
           let pair = parameter.Split('=', 2)
           select new KeyValuePair<string, string>(Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "")),
    ];

    private static string? Find(ImmutableArray<KeyValuePair<string, string>> pairs, string name) =>
        pairs.Where(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(pair => pair.Value).FirstOrDefault();
}
