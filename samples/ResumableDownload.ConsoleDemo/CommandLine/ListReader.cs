namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>Understands the lines of a list, all of them before anything is downloaded.</summary>
/// <param name="folder">What paths are relative to, and where files without one go.</param>
/// <param name="ask">Makes a request of an address and a path.</param>
internal sealed class ListReader(string folder, Func<Uri, string, DownloadRequest> ask)
{
    private static readonly StringComparer PathComparer = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    private readonly Dictionary<string, int> _destinations = new(PathComparer);

    /// <exception cref="FormatException">A line makes no sense; the message names it.</exception>
    public IReadOnlyList<ListLine> Read(string name, IEnumerable<string?> lines)
    {
        var (understood, number) = (new List<ListLine>(), 0);
        foreach (var line in lines)
        {
            number++;
            if (line is not null && (string.IsNullOrWhiteSpace(line) || line.StartsWith('#')))
            {
                continue;
            }

            try
            {
                understood.Add(new(number, RequestOf(line ?? throw new FormatException("this is not UTF-8."), number)));
            }
            catch (Exception fault) when (fault is FormatException or ArgumentException)
            {
                throw new FormatException($"Line {number} of {name}: {fault.Message}", fault);
            }
        }

        return understood;
    }

    // Neither the line nor its address is repeated in a message: it may hold a secret.
    private DownloadRequest RequestOf(string line, int number)
    {
        var words = line.Split('\t');
        var path = words switch
        {
            [_] => "",
            [_, ""] => throw new FormatException("after the TAB there is no path."),
            [_, var text] => text,
            _ => throw new FormatException("there is more than one TAB."),
        };
        if (path.Any(char.IsControl))
        {
            throw new FormatException("the path holds a control character.");
        }

        var request = ask(AddressOf(words[0].TrimEnd(' ')), Path.Combine(folder, path));
        Claim(request, number);
        return request;
    }

    private static Uri AddressOf(string word) => word switch
    {
        _ when word.Any(char.IsWhiteSpace) => throw new FormatException("there is white space in the URL; before a path there is a TAB."),
        _ => Words.AddressOf(word) ?? throw new FormatException("the URL must be an absolute http or https address, such as https://host/file."),
    };

    private void Claim(DownloadRequest request, int number)
    {
        if (_destinations.TryAdd(KeyOf(request, Path.EndsInDirectorySeparator(request.Destination)), number))
        {
            return;
        }

        var key = KeyOf(request, Path.EndsInDirectorySeparator(request.Destination) || Directory.Exists(request.Destination));
        if (!_destinations.TryAdd(key, number))
        {
            throw new FormatException(key == request.Destination
                ? $"'{request.Destination}' is where line {_destinations[key]} goes already."
                : $"line {_destinations[key]} brings the same into the same folder already.");
        }
    }

    // In a folder it is the answer that names the file.
    private static string KeyOf(DownloadRequest request, bool isFolder) => isFolder
        ? $"{Path.TrimEndingDirectorySeparator(request.Destination)}\0{request.Source.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)}"
        : request.Destination;
}
