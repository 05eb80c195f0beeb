using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace ResumableDownload.WebDemo.Serving;

/// <summary>Answers only this app's own page. Any page of the web can send requests to this machine, and by a name of its own that it lets point here (DNS rebinding) also read the answers.</summary>
internal sealed class OwnPageOnly(RequestDelegate next, IConfiguration configuration)
{
    private readonly HashSet<string> _names = new(
        ["127.0.0.1", "localhost", "[::1]", .. configuration["hosts"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []],
        StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        var refusal = ReasonToRefuse(context.Request);
        if (refusal is null)
        {
            return next(context);
        }

        context.Response.StatusCode = (int)HttpStatusCode.Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(refusal, context.RequestAborted);
    }

    private string? ReasonToRefuse(HttpRequest request)
    {
        if (!_names.Contains(request.Host.Host) || request.Host.Port is { } port && port != request.HttpContext.Connection.LocalPort)
        {
            return "This app answers to the names of this machine only.";
        }

        // Browsers name the sender of everything that may change something, "null" where they hide it.
        var origin = request.Headers.Origin;
        if (origin.Count > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
        {
            return "This app answers to its own page only.";
        }

        // A link from elsewhere may lead to the page, but not beyond.
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var isOwn = site is "" or "same-origin" or "none";
        return isOwn || !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? null : "This app answers to its own page only.";
    }
}
