using System.Text;

namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>The text of a list.</summary>
internal static class ListFile
{
    /// <summary>The name that means standard input.</summary>
    private const string StandardInput = "-";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What to call it.</summary>
    public static string NameOf(string path) => path == StandardInput ? "standard input" : $"'{path}'";

    /// <summary>Its lines, without their ends; <see langword="null"/> for one that is no UTF-8.</summary>
    /// <exception cref="OperationCanceledException">The user would not wait for the end of a pipe, or of what is typed.</exception>
    public static IEnumerable<string?> LinesOf(string path, CancellationToken cancellationToken)
    {
        var bytes = Task.Run(() => path == StandardInput ? ReadStandardInput() : File.ReadAllBytes(path), cancellationToken)
            .WaitAsync(cancellationToken).GetAwaiter().GetResult();
        return Split(bytes.AsMemory(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0));
    }

    private static byte[] ReadStandardInput()
    {
        using var input = Console.OpenStandardInput();
        using var text = new MemoryStream();
        input.CopyTo(text);
        return text.ToArray();
    }

    private static IEnumerable<string?> Split(ReadOnlyMemory<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            yield return TextOf((end < 0 ? rest : rest[..end]).Span.TrimEnd((byte)'\r'));
            rest = end < 0 ? default : rest[(end + 1)..];
        }
    }

    private static string? TextOf(ReadOnlySpan<byte> line)
    {
        try
        {
            return Strict.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
