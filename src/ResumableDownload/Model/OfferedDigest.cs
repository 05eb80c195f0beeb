namespace ResumableDownload.Model;

/// <summary>A digest of the whole file that a server states, and the header field it states it in.</summary>
internal sealed record OfferedDigest(Digest Digest, string Field)
{
    private const char Between = ' ';

    /// <summary>Several as one line, for the journal.</summary>
    public static string? TextOf(IReadOnlyCollection<OfferedDigest> digests) =>
        digests.Count == 0 ? null : string.Join(Between, digests.Select(static offered => $"{offered.Field}={offered.Digest}"));

    /// <summary>Reads such a line. What is no digest is left out.</summary>
    public static IEnumerable<OfferedDigest> Read(string? text)
    {
        foreach (var word in text?.Split(Between) ?? [])
        {
            if (word.Split('=', 2) is [var field, var value] && Digest.TryParse(value, out var digest))
            {
                yield return new(digest, field);
            }
        }
    }
}
