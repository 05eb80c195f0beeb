using System.CommandLine;

namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>The options that there are, and what they mean.</summary>
internal sealed class DownloadOptionSet
{
    private static readonly ResumableDownloadOptions Defaults = new();

    private readonly Argument<Uri?> _url = new("URL")
    {
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = Words.Address,
        Description = "The http or https address of the file. Without it and without -i, a guided demo runs against a server inside this process.",
    };

    private readonly ListOptions _list = new();

    private readonly DestinationOptions _destination = new();

    private readonly IdentityOptions _identity = new();

    private readonly Option<int> _connections = new("--connections", "-n")
    {
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.MaxConnections,
        CustomParser = result => Words.WholeNumber(result, 1, 32, "-n takes a number from 1 to 32."),
        Description = "Connections at most; 1 is one plain stream. Others join the first while that makes it faster.",
    };

    private readonly Option<long?> _limitRate = new("--limit-rate")
    {
        HelpName = "RATE",
        CustomParser = Words.Rate,
        Description = "Bytes per second at most; K, M and G are powers of 1024, as in 1.5M.",
    };

    private readonly Option<KeyValuePair<string, string>[]?> _headers = new("--header", "-H")
    {
        HelpName = "'Name: value'",
        CustomParser = Words.Headers,
        Description = "A header field to send to this origin; may be repeated.",
    };

    private readonly Option<int> _retries = new("--retries")
    {
        HelpName = "N",
        DefaultValueFactory = _ => Defaults.MaxAttemptsWithoutProgress,
        CustomParser = result => Words.WholeNumber(result, 1, 10_000, "--retries takes a number from 1 to 10000."),
        Description = "Attempts in a row that may bring no new byte.",
    };

    private readonly Option<double> _stallTimeout = new("--stall-timeout")
    {
        HelpName = "S",
        DefaultValueFactory = _ => Defaults.StallTimeout.TotalSeconds,
        CustomParser = result => Words.Number(result, 0.1, 86_400, "--stall-timeout takes a number of seconds from 0.1 to 86400."),
        Description = "Seconds after which a connection that brings next to nothing is given up.",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print one JSON object as the last line of standard output, and no progress; the guided demo's is about its last download. "
            + "With -i, one line for each download as it ends, and then {\"total\": ...}.",
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print errors only, and of the guided demo its last line." };

    private readonly Option<bool> _telemetry = new("--telemetry") { Description = "Print the metrics and traces of the library, as OpenTelemetry's exporter for the console shows them." };

    private IReadOnlyList<Option> DownloadOnly => [.. _list.All, .. _destination.All, .. _identity.All, _connections, _limitRate, _headers, _retries, _stallTimeout];

    public RootCommand ToCommand()
    {
        var command = new RootCommand("Downloads a file, and goes on from where an earlier attempt stopped.") { _url };
        foreach (var option in DownloadOnly.Append(_json).Append(_quiet).Append(_telemetry))
        {
            command.Add(option);
        }

        return command;
    }

    /// <summary>The words that are no option's: the address, and whatever else there is.</summary>
    public IEnumerable<string> FreeWords(ParseResult parsed) =>
        [.. parsed.GetResult(_url)?.Tokens.Select(token => token.Value) ?? [], .. parsed.UnmatchedTokens];

    /// <summary>What is wrong although every word is right by itself.</summary>
    public string? FaultOf(ParseResult parsed) => (parsed.GetValue(_url), _list.IsIn(parsed)) switch
    {
        (null, false) when DownloadOnly.Any(option => parsed.GetResult(option) is { Implicit: false }) =>
            "The URL is missing; the guided demo, which runs without one, takes --json, -q and --telemetry only.",
        (not null, true) => "There is a URL beside -i, whose list brings its own; put it into the list.",
        (null, true) when _identity.DigestIn(parsed) is not null => "--digest is for one file, and -i is for many.",
        (null, true) => _destination.FaultForList(parsed),
        _ => _list.FaultOf(parsed) ?? _destination.FaultOf(parsed),
    };

    /// <exception cref="FormatException">A line of the list makes no sense.</exception>
    public Arguments ToArguments(ParseResult parsed, CancellationToken cancellationToken) => new()
    {
        Request = parsed.GetValue(_url) is { } url ? AskIn(parsed)(url, _destination.PathOf(parsed)) : null,
        List = _list.IsIn(parsed) ? _list.ListIn(parsed, new(_destination.FolderOf(parsed), AskIn(parsed)), cancellationToken) : null,
        Options = OptionsOf(parsed),
        Json = parsed.GetValue(_json),
        Quiet = parsed.GetValue(_quiet),
        Telemetry = parsed.GetValue(_telemetry),
    };

    // Looked up once, however long the list is.
    private Func<Uri, string, DownloadRequest> AskIn(ParseResult parsed)
    {
        var (headers, digest, ifChangedSince) = (parsed.GetValue(_headers) ?? [], _identity.DigestIn(parsed), _destination.IfChangedSince(parsed));
        return (url, path) => new(url, path) { Headers = headers, ExpectedDigest = digest, IfChangedSince = ifChangedSince(path) };
    }

    private ResumableDownloadOptions OptionsOf(ParseResult parsed)
    {
        var options = new ResumableDownloadOptions
        {
            MaxConnections = parsed.GetValue(_connections),
            MaxAttemptsWithoutProgress = parsed.GetValue(_retries),
            StallTimeout = TimeSpan.FromSeconds(parsed.GetValue(_stallTimeout)),
            BandwidthLimit = parsed.GetValue(_limitRate) is { } rate ? new BandwidthLimit(rate) : null,
        };
        _destination.Set(options, parsed);
        _identity.Set(options, parsed);
        return options;
    }
}
