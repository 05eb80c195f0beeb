using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ResumableDownload.IntegrationTests;

/// <summary>Collects all that is logged: messages, their named values and exceptions.</summary>
internal sealed class LogCollector : ILogger<ResumableDownloader>
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        _lines.Enqueue(Spell(state));
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel} {formatter(state, exception)} | {Spell(state)} | {exception}");

    private static string Spell(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values
        ? string.Join(", ", values.Select(value => $"{value.Key}={value.Value}"))
        : $"{state}";
}
