namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Says lines to whoever listens. Nobody may be listening any more, as standard output can be closed: that ends no download.</summary>
internal sealed class Voice(TextWriter output, TextWriter errors)
{
    private volatile bool _isUnheard;

    /// <summary>Whether something could not be said.</summary>
    public bool IsUnheard => _isUnheard;

    public void Say(string line) => Write(output, line);

    public void Complain(string line) => Write(errors, line);

    private void Write(TextWriter writer, string line)
    {
        try
        {
            writer.WriteLine(line);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _isUnheard = true;
        }
    }
}
