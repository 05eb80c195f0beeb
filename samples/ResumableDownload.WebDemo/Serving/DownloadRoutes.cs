using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ResumableDownload.WebDemo.Downloading;

namespace ResumableDownload.WebDemo.Serving;

/// <summary>What can be done with one download. Bodies are JSON, which no form of another page can send.</summary>
internal static class DownloadRoutes
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/downloads", static (PastedUrls pasted, Steering steering) => TypedResults.Ok(steering.Add(pasted.Urls)));
        MapAction(api, "pause", static (_, download) => Done(download.Pause));
        MapAction(api, "resume", static (steering, download) => Done(() => steering.Resume(download)));
        MapAction(api, "cancel", static (_, download) => download.CancelAsync());
        api.MapPost("/downloads/{id:guid}/remove", static (Guid id, Nothing _, Steering steering) => Answer(steering.Remove(id)));
        api.MapPost("/downloads/{id:guid}/priority", static (Guid id, NewPriority wanted, Steering steering) =>
            SteerAsync(id, steering, download => Done(() => steering.Prioritize(download, wanted.Priority))));
    }

    private static void MapAction(IEndpointRouteBuilder api, string name, Func<Steering, Download, Task> act) =>
        api.MapPost($"/downloads/{{id:guid}}/{name}", (Guid id, Nothing _, Steering steering) => SteerAsync(id, steering, download => act(steering, download)));

    private static async Task<IResult> SteerAsync(Guid id, Steering steering, Func<Download, Task> act)
    {
        var download = steering.Find(id);
        await (download is null ? Task.CompletedTask : act(download));
        return Answer(download is not null);
    }

    private static IResult Answer(bool wasThere) => wasThere ? TypedResults.NoContent() : TypedResults.NotFound(new Problem("This download is no longer on the list."));

    private static Task Done(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}
