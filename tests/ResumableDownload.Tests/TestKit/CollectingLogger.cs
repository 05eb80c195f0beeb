using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ResumableDownload.Tests.TestKit;

/// <summary>Keeps what was logged, as text.</summary>
internal class CollectingLogger : ILogger
{
    private readonly ConcurrentQueue<(int Id, string Text)> _lines = new();

    public IEnumerable<string> Lines => _lines.Select(static line => line.Text);

    /// <summary>Whether any line came with an exception, whose words are not ours.</summary>
    public bool HasExceptions { get; private set; }

    public int Count(int id) => _lines.Count(line => line.Id == id);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        HasExceptions |= exception is not null;
        _lines.Enqueue((eventId.Id, formatter(state, exception)));
    }
}

/// <summary>The same for a category.</summary>
internal sealed class CollectingLogger<T> : CollectingLogger, ILogger<T>
{
}
