namespace ResumableDownload.Model;

/// <summary>The parameters of a query, in its own order.</summary>
internal sealed class QueryParameters
{
    private const int ShortestSecret = 8;

    private readonly string[] _parameters;

    private QueryParameters(string[] parameters) => _parameters = parameters;

    public IEnumerable<string> Raw => _parameters;

    public static QueryParameters Of(string query) => new(query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The name of a raw parameter, decoded.</summary>
    public static string NameOf(string parameter) => Uri.UnescapeDataString(parameter.Split('=', 2)[0]);

    public bool Has(string name) => _parameters.Any(parameter => Is(parameter, name));

    /// <summary>The first value of that name, decoded; names are compared without regard to case, as the stores do.</summary>
    public string? Value(string name) =>
        _parameters.FirstOrDefault(parameter => Is(parameter, name))?.Split('=', 2) is [_, var value] ? Uri.UnescapeDataString(value) : null;

    /// <summary>The values that are long enough to be a secret, as they stand and decoded.</summary>
    public IEnumerable<string> Secrets => _parameters
        .Select(static parameter => parameter.Split('=', 2)[^1])
        .SelectMany(static value => new[] { value, Uri.UnescapeDataString(value) })
        .Where(static value => value.Length >= ShortestSecret);

    private static bool Is(string parameter, string name) => NameOf(parameter).Equals(name, StringComparison.OrdinalIgnoreCase);
}
