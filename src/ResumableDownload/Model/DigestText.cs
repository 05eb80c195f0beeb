using System.Buffers;

namespace ResumableDownload.Model;

/// <summary>Reads the text of a digest, and says what is wrong with one.</summary>
internal static class DigestText
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The digest of a text; <see langword="null"/> when it is none, and then why.</summary>
    public static Digest? Read(string text, out string? fault)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            fault = $"A digest is an algorithm, a colon and hexadecimal digits, as in sha-256:9f86d0…; “{ForeignText.Of(text)}” has no colon.";
            return null;
        }

        var name = text[..colon].Trim();
        if (DigestForm.Named(name) is not { } form)
        {
            fault = $"“{ForeignText.Of(name)}” is no digest algorithm known here: {string.Join(", ", DigestForm.All.Select(static known => known.Name))}.";
            return null;
        }

        return Read(form, text[(colon + 1)..].Trim(), out fault);
    }

    private static Digest? Read(DigestForm form, string digits, out string? fault)
    {
        if (digits.Length != 2 * form.Length)
        {
            fault = $"A digest of {form.Name} has {2 * form.Length} hexadecimal digits, not {digits.Length}.";
            return null;
        }

        if (digits.AsSpan().IndexOfAnyExcept(HexDigits) is >= 0 and var at)
        {
            fault = $"“{ForeignText.Of(digits[at..(at + 1)])}” is no hexadecimal digit.";
            return null;
        }

        fault = null;
        return new(form.Algorithm, Convert.FromHexString(digits));
    }
}
