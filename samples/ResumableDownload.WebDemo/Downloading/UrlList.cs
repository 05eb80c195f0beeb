namespace ResumableDownload.WebDemo.Downloading;

/// <summary>Addresses as they were pasted: one in a line, or with spaces between them.</summary>
internal static class UrlList
{
    public const string NoAddress = "This is no http or https address.";

    private const int MostAddresses = 5_000;

    /// <summary>The addresses, and what of the text is none.</summary>
    public static (IReadOnlyList<Uri> Addresses, IReadOnlyList<Refusal> Refused) Read(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();
        if (words.Length > MostAddresses)
        {
            return ([], [new($"{words.Length} addresses", $"At most {MostAddresses} can be added at a time.")]);
        }

        var read = words.Select(static word => (Word: word, Address: AddressOf(word))).ToArray();
        return (
            [.. read.Select(static one => one.Address).OfType<Uri>()],
            [.. read.Where(static one => one.Address is null).Select(static one => new Refusal(one.Word, NoAddress))]);
    }

    private static Uri? AddressOf(string word) =>
        Uri.TryCreate(word, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) ? address : null;
}

/// <summary>Something that was not added.</summary>
/// <param name="Text">What was pasted.</param>
/// <param name="Why">Why not.</param>
internal sealed record Refusal(string Text, string Why);
