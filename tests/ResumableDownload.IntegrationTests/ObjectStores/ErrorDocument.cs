using System.Text;
using System.Xml.Linq;

namespace ResumableDownload.IntegrationTests;

/// <summary>The error document that all these stores share but for its details.</summary>
internal static class ErrorDocument
{
    public static Answer Of(int status, string code, string message, params IEnumerable<(string Name, string Value)> more)
    {
        var document = new XElement(
            "Error",
            new XElement("Code", code),
            new XElement("Message", message),
            more.Select(static detail => new XElement(detail.Name, detail.Value)));
        return new Answer(status, Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{document}\n")).With("Content-Type", "application/xml");
    }
}
