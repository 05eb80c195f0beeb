namespace ResumableDownload.Model;

/// <summary>Tells the parameters of a signature from those that name the resource.</summary>
/// <remarks>A family counts only when its own mark is there: <c>se</c> or <c>Policy</c> alone may mean anything.</remarks>
internal static class SignedQuery
{
    private static readonly Family[] Families =
    [
        new("X-Amz-Signature", ["X-Amz-"], []),
        new("X-Goog-Signature", ["X-Goog-"], []),
        new("x-oss-signature", ["x-oss-signature", "x-oss-credential", "x-oss-date", "x-oss-expires", "x-oss-additional-headers", "x-oss-security-token"], []),
        new("q-signature", ["q-"], ["x-cos-security-token"]),
        new("sig", [], ["sig", "sv", "se", "st", "sr", "sp", "spr", "sip", "ss", "srt", "skoid", "sktid", "skt", "ske", "sks", "skv"]),
        new("Signature", [], ["Signature", "Expires", "OSSAccessKeyId", "AWSAccessKeyId", "GoogleAccessId", "AccessKeyId", "Key-Pair-Id", "Policy", "security-token", "x-amz-security-token"]),
    ];

    /// <summary>The query without the parameters of a signature, in its own order; with its question mark, or empty.</summary>
    public static string WithoutSignature(string query)
    {
        var parameters = query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);
        var present = Families.Where(family => parameters.Any(family.IsMark)).ToArray();
        var kept = parameters.Where(parameter => !present.Any(family => family.Owns(parameter))).ToArray();
        return kept.Length == 0 ? "" : "?" + string.Join('&', kept);
    }

    private static string NameOf(string parameter) => Uri.UnescapeDataString(parameter.Split('=', 2)[0]);

    private sealed record Family(string Mark, string[] Prefixes, string[] Names)
    {
        public bool IsMark(string parameter) => NameOf(parameter).Equals(Mark, StringComparison.OrdinalIgnoreCase);

        public bool Owns(string parameter)
        {
            var name = NameOf(parameter);
            return Names.Contains(name, StringComparer.OrdinalIgnoreCase)
                || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        }
    }
}
