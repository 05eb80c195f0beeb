using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using ResumableDownload.WebDemo.Downloading;

namespace ResumableDownload.WebDemo.Serving;

/// <summary>The list as it lives, and what can be done with all of it.</summary>
internal static class ListRoutes
{
    /// <summary>At most four looks a second: faster than that nobody reads.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    // So that a page which went away is noticed, and one whose server went away notices.
    private const int MostBeatsOfSilence = 40;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/events", static (Board board, IHostApplicationLifetime life, CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(FollowAsync(board, life.ApplicationStopping, cancellationToken)));
        MapAction(api, "pause", static steering => Done(steering.PauseAll));
        MapAction(api, "resume", static steering => Done(steering.ResumeAll));
        MapAction(api, "retry", static steering => Done(steering.RetryAll));
        MapAction(api, "cancel", static steering => steering.CancelAllAsync());
        MapAction(api, "clear", static steering => Done(steering.ClearEnded));
        api.MapPost("/settings", static (Settings settings, Steering steering) => Set(settings, steering));
    }

    private static void MapAction(IEndpointRouteBuilder api, string name, Func<Steering, Task> act) => api.MapPost($"/all/{name}", async (Nothing _, Steering steering) =>
    {
        await act(steering);
        return TypedResults.NoContent();
    });

    private static IResult Set(Settings settings, Steering steering)
    {
        if (!settings.IsPossible)
        {
            return TypedResults.BadRequest(new Problem($"From 1 to {Settings.MostAtATime} at a time, and at least 1 byte per second."));
        }

        steering.Set(settings);
        return TypedResults.NoContent();
    }

    /// <summary>First everything, then what changed.</summary>
    private static async IAsyncEnumerable<SseItem<Changes>> FollowAsync(Board board, CancellationToken end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end, cancellationToken);
        var seen = board.Since(0);
        yield return new(seen, "all") { ReconnectionInterval = TimeSpan.FromSeconds(1) };
        var silence = 0;
        while (await RestAsync(either.Token))
        {
            var changes = board.Since(seen.Version);
            silence = changes.Version > seen.Version ? 0 : silence + 1;
            if (silence is 0 or MostBeatsOfSilence)
            {
                silence = 0;
                seen = changes;
                yield return new(changes, "some");
            }
        }
    }

    // A rest and no clock's tick: one that comes late is not made up for by an early one.
    private static async Task<bool> RestAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Beat, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    private static Task Done(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}
