using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ResumableDownload.WebDemo.Downloading;

namespace ResumableDownload.WebDemo;

/// <summary>Serves the page, and downloads what it is told there.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] words)
    {
        try
        {
            await using var app = App.Build(words);
            await RunAsync(app);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            // The port is taken, another process has the folder, or a word of the command line makes no sense.
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task RunAsync(WebApplication app)
    {
        await app.StartAsync();

        // Not before it listens: what goes on after a restart may come from its own samples.
        var watching = app.Services.GetRequiredService<Board>().WatchAsync(app.Lifetime.ApplicationStopping);
        Console.WriteLine($"Files go to {app.Services.GetRequiredService<DownloadFolder>().Files}");
        Console.WriteLine($"Open {app.Urls.First()}");
        var ending = app.WaitForShutdownAsync();
        if (await Task.WhenAny(ending, watching) == watching)
        {
            // A page that shows nothing new any more would look as if nothing happened.
            app.Lifetime.StopApplication();
        }

        await ending;
        await watching;
    }
}
