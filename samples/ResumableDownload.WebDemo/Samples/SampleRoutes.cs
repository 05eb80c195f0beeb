using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ResumableDownload.SampleOrigin;
using ResumableDownload.WebDemo.Downloading;

namespace ResumableDownload.WebDemo.Samples;

/// <summary>Serves the sample files, by the origin that the console demo has, too.</summary>
internal static class SampleRoutes
{
    public static void Map(IEndpointRouteBuilder app, IEndpointRouteBuilder api)
    {
        api.MapGet("/about", static (DownloadFolder folder) => TypedResults.Ok(new About(folder.Files, SampleShelf.Offers)));
        app.MapGet("/samples/{name}", static (string name, HttpContext context, SampleShelf shelf) =>
            shelf.Find(name) is { } file ? SendAsync(context, file) : MissAsync(context));
    }

    private static async Task SendAsync(HttpContext context, SampleFile file)
    {
        var (version, cut) = file.Begin(DateTimeOffset.UtcNow);
        var request = OriginRequest.From(context.Request);
        var answer = OriginAnswer.To(request, version, file.Script.Kind);
        if (file.Disposition is { } disposition)
        {
            context.Response.Headers.ContentDisposition = disposition;
        }

        try
        {
            await new OriginReply(context, file.Script, version).SendAsync(answer, new(request, answer), cut);
        }
        catch (OperationCanceledException)
        {
            // The client went away, or pauses.
        }

        if (cut < answer.Length)
        {
            file.NoteCut(DateTimeOffset.UtcNow);
        }
    }

    private static Task MissAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
