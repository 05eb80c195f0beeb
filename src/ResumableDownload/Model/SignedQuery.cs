namespace ResumableDownload.Model;

/// <summary>Tells the parameters of a signature from those that name the resource.</summary>
/// <remarks>A family counts only when all its marks are there: <c>se</c>, or <c>sig</c> without Azure's <c>sv</c>, may mean anything.</remarks>
internal static class SignedQuery
{
    private static readonly string[] Common = ["Signature", "Expires", "Policy", "security-token", "x-amz-security-token"];

    private static readonly Family[] Families =
    [
        new(["X-Amz-Signature"], ["X-Amz-"], []),
        new(["X-Goog-Signature"], ["X-Goog-"], []),
        new(["x-oss-signature"], [], ["x-oss-signature", "x-oss-signature-version", "x-oss-credential", "x-oss-date", "x-oss-expires", "x-oss-additional-headers", "x-oss-security-token"]),
        new(["q-signature"], [], ["q-signature", "q-sign-algorithm", "q-ak", "q-sign-time", "q-key-time", "q-header-list", "q-url-param-list", "x-cos-security-token"]),
        new(["sig", "sv"], [], ["sig", "sv", "se", "st", "sr", "sp", "spr", "sip", "ss", "srt", "skoid", "sktid", "skt", "ske", "sks", "skv"]),
        new(["Signature", "OSSAccessKeyId"], [], [.. Common, "OSSAccessKeyId"]),
        new(["Signature", "AWSAccessKeyId"], [], [.. Common, "AWSAccessKeyId"]),
        new(["Signature", "GoogleAccessId"], [], [.. Common, "GoogleAccessId"]),
        new(["Signature", "AccessKeyId"], [], [.. Common, "AccessKeyId"]),
        new(["Signature", "Key-Pair-Id"], [], [.. Common, "Key-Pair-Id"]),
    ];

    /// <summary>Whether a query bears the marks of a signature.</summary>
    public static bool IsSigned(string query) => Present(QueryParameters.Of(query)).Any();

    /// <summary>The query without the parameters of a signature, in its own order; with its question mark, or empty.</summary>
    public static string WithoutSignature(string query)
    {
        var parameters = QueryParameters.Of(query);
        var present = Present(parameters).ToArray();
        var kept = parameters.Raw.Where(parameter => !present.Any(family => family.Owns(parameter))).ToArray();
        return kept.Length == 0 ? "" : "?" + string.Join('&', kept);
    }

    private static IEnumerable<Family> Present(QueryParameters parameters) => Families.Where(family => family.Marks.All(parameters.Has));

    private sealed record Family(string[] Marks, string[] Prefixes, string[] Names)
    {
        public bool Owns(string parameter)
        {
            var name = QueryParameters.NameOf(parameter);
            return Names.Contains(name, StringComparer.OrdinalIgnoreCase)
                || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        }
    }
}
