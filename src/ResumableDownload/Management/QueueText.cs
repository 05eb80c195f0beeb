using System.Text.Json;

namespace ResumableDownload.Management;

/// <summary>What a line of a queue file says, and the line that says it.</summary>
internal static class QueueText
{
    /// <summary>An entry as a line with room for its proof.</summary>
    public static byte[] Of(QueueEntry entry) => (entry switch
    {
        QueueEntry.Added added => Of(added.Order, added.Download),
        QueueEntry.Moved moved => new QueueLine { Changed = moved.Id, State = QueueWords.Of(moved.State), Started = IfSo(moved.IsStarted) },
        QueueEntry.Ranked ranked => new QueueLine { Changed = ranked.Id, Priority = ranked.Priority },
        QueueEntry.Ended ended => new QueueLine { Ended = ended.Id },
        _ => throw new ArgumentOutOfRangeException(nameof(entry)),
    }).ToLine();

    /// <summary>Reads an entry; <see langword="null"/> when it is none of ours.</summary>
    public static QueueEntry? Read(ReadOnlySpan<byte> content)
    {
        try
        {
            return QueueLine.Read(content) switch
            {
                { Added: { } id, Order: { } order, Destination: { } destination } line => new QueueEntry.Added(order, Download(id, destination, line)),
                { Changed: { } id, Priority: { } priority } => new QueueEntry.Ranked(id, priority),
                { Changed: { } id, State: { } word } line => new QueueEntry.Moved(id, QueueWords.State(word), line.Started ?? false),
                { Ended: { } id } => new QueueEntry.Ended(id),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static QueueLine Of(long order, SavedDownload download)
    {
        QueueAddress? address = download.Source is { } source ? QueueAddress.Of(source) : null;
        return new()
        {
            Added = download.Id,
            Order = order,
            State = QueueWords.Of(download.State),
            Started = IfSo(download.IsStarted),
            Priority = download.Priority,
            Uri = address?.Text,
            RawUri = IfSo(address is { IsRaw: true }),
            Destination = download.Destination,
            Key = download.ResourceKey,
            Length = download.ExpectedLength,
            Start = download.Range?.Start,
            End = download.Range?.End,
            Digest = download.ExpectedDigest?.ToString(),
            Etag = download.IfChangedSince?.EntityTag,
            LastModified = download.IfChangedSince?.LastModified,
            Network = QueueWords.Of(download.Network),
            HadHeaders = IfSo(download.HadHeaders),
            HadRefreshUri = IfSo(download.HadRefreshUri),
        };
    }

    private static SavedDownload Download(Guid id, string destination, QueueLine line) => new()
    {
        Id = id,
        Source = line.Uri is { } uri ? new QueueAddress(uri, line.RawUri ?? false).ToUri() : null,
        Destination = destination,
        ResourceKey = line.Key,
        ExpectedLength = line.Length,
        Range = Range(line.Start, line.End),
        ExpectedDigest = line.Digest is { } digest ? Digest.Parse(digest) : null,
        IfChangedSince = Validator(line.Etag, line.LastModified),
        Network = QueueWords.Network(line.Network),
        Priority = line.Priority ?? 0,
        State = QueueWords.State(line.State),
        IsStarted = line.Started ?? false,
        HadHeaders = line.HadHeaders ?? false,
        HadRefreshUri = line.HadRefreshUri ?? false,
    };

    private static ByteRange? Range(long? start, long? end) => (start, end) switch
    {
        (null, null) => null,
        ({ } first, { } behind) => new ByteRange(first, behind),
        _ => throw new FormatException("A range has a start and an end."),
    };

    private static Validator? Validator(string? tag, string? date) =>
        tag is null && date is null ? null : new Validator { EntityTag = tag, LastModified = date };

    private static bool? IfSo(bool value) => value ? true : null;
}
