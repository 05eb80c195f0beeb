using System.Globalization;
using System.Xml;
using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>What the error document of an object store says. Alibaba, Amazon, Azure, Google, Tencent and Huawei use one form.</summary>
/// <param name="Code">The code, as <c>AccessDenied</c>.</param>
/// <param name="Message">The message, made fit to show.</param>
/// <param name="ObjectSize">The length that a refused range tells (Amazon's ActualObjectSize).</param>
internal sealed record StoreError(string Code, string? Message, long? ObjectSize = null)
{
    private static readonly string[] Throttling =
    [
        "RequestTimeout", "RequestTimeTooSkewed", "SlowDown", "Throttling", "ServerBusy", "OperationTimedOut", "QpsLimitExceeded", "TotalQpsLimitExceeded",
        "DownloadTrafficRateLimitExceeded", "ActiveRequestLimitExceeded", "MetaOperationQpsLimitExceeded", "CpuLimitExceeded", "ServiceUnavailable", "InternalError",
    ];

    /// <summary>Whether the same request may be answered later, whatever status the store chose.</summary>
    public bool IsPassing => Throttling.Contains(Code, StringComparer.Ordinal);

    /// <summary>Whether it speaks of an address, or a token in it, whose time is over.</summary>
    public bool SaysExpired =>
        Code.Contains("Expired", StringComparison.OrdinalIgnoreCase) || Message?.Contains("expired", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether the object is archived, which no other address changes.</summary>
    public bool IsArchived => Code == "InvalidObjectState";

    /// <summary>Reads a document; <see langword="null"/> when it is none of that form.</summary>
    /// <param name="document">The document.</param>
    /// <param name="secrets">What must not be told, should the document repeat it.</param>
    public static StoreError? Read(string document, IEnumerable<string> secrets) =>
        Read(secrets.Aggregate(document, static (text, secret) => text.Replace(secret, "…", StringComparison.Ordinal)));

    /// <summary>Reads a document; <see langword="null"/> when it is none of that form.</summary>
    public static StoreError? Read(string document)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true, IgnoreComments = true };
            using var reader = XmlReader.Create(new System.IO.StringReader(document.TrimStart('\uFEFF')), settings);
            return reader.MoveToContent() == XmlNodeType.Element && reader.LocalName == "Error" ? Read(reader) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Message is null ? Code : $"{Code}: {Message}";

    private static StoreError? Read(XmlReader reader)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        reader.ReadStartElement();
        while (reader.NodeType == XmlNodeType.Element)
        {
            var name = reader.LocalName;
            fields.TryAdd(name, Text(reader));
        }

        return fields.GetValueOrDefault("Code") is { Length: > 0 } code
            ? new(ForeignText.Of(code), fields.GetValueOrDefault("Message") is { Length: > 0 } message ? ForeignText.Of(message) : null, Size(fields.GetValueOrDefault("ActualObjectSize")))
            : null;
    }

    private static string Text(XmlReader reader)
    {
        var text = "";
        using (var element = reader.ReadSubtree())
        {
            while (element.Read())
            {
                text += element.NodeType is XmlNodeType.Text or XmlNodeType.CDATA ? element.Value : "";
            }
        }

        reader.Read();
        return text.Trim();
    }

    private static long? Size(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
}
