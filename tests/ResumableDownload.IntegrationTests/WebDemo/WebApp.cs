using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace ResumableDownload.IntegrationTests;

/// <summary>The built web demo as a process of its own, which can be killed, and what its page would ask of it.</summary>
internal sealed class WebApp : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client = new();
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<Uri> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _errors;
    private readonly Task _listening;

    private WebApp(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _listening = ListenAsync();
    }

    public Uri Url => _url.Task.Result;

    /// <summary>The list as a page has it.</summary>
    public WebList List { get; private set; } = null!;

    /// <summary>Starts it, and waits until it serves and a page has seen the list.</summary>
    /// <param name="folder">Its one folder.</param>
    /// <param name="port">Its port; any when zero.</param>
    /// <param name="words">Further words of its command line.</param>
    public static async Task<WebApp> StartAsync(string folder, int port = 0, params IEnumerable<string> words)
    {
        var app = Begin(folder, port, words);
        try
        {
            await app._url.Task.WaitAsync(Wait.Limit);
            app.List = new WebList(app.Url);
            await app.List.UntilAsync(list => list.IsThere, "the page has the list");
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it where it cannot serve.</summary>
    /// <returns>How it ended, and what it said.</returns>
    public static async Task<(int ExitCode, string Errors)> FailAsync(string folder, int port = 0, params IEnumerable<string> words)
    {
        await using var app = Begin(folder, port, words);
        await app._process.WaitForExitAsync().WaitAsync(Wait.Limit);
        return (app._process.ExitCode, await app._errors);
    }

    public async Task<Guid> AddAsync(Uri url) => (await AddAsync(url.AbsoluteUri)).Added.Single();

    public async Task<(Guid[] Added, string[] Refused)> AddAsync(string pasted)
    {
        var answer = await JsonOf(await PostAsync("downloads", new { urls = pasted }));
        return (
            [.. answer.GetProperty("added").EnumerateArray().Select(id => id.GetGuid())],
            [.. answer.GetProperty("refused").EnumerateArray().Select(one => $"{one.GetProperty("text")}: {one.GetProperty("why")}")]);
    }

    public async Task ActAsync(Guid id, string act, object? body = null) => (await PostAsync($"downloads/{id}/{act}", body)).EnsureSuccessStatusCode();

    public async Task ActAllAsync(string act) => (await PostAsync($"all/{act}")).EnsureSuccessStatusCode();

    public async Task SetAsync(long? bytesPerSecond, int atATime) => (await PostAsync("settings", new { bytesPerSecond, atATime })).EnsureSuccessStatusCode();

    public Task<HttpResponseMessage> PostAsync(string path, object? body = null) => _client.PostAsJsonAsync(new Uri(Url, $"api/{path}"), body ?? new { });

    /// <summary>Sends a request as it is; of the answer only the head is waited for, as events have no end.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

    public static async Task<JsonElement> JsonOf(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement?>()).GetValueOrDefault();

    /// <summary>SIGKILL: the process gets no say in it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        await _end.CancelAsync();
        await (List?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _listening;
        _client.Dispose();
        _process.Dispose();
        _end.Dispose();
    }

    private static WebApp Begin(string folder, int port, IEnumerable<string> words)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "resumable-download-web.dll");
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return new WebApp(Process.Start(new ProcessStartInfo(host, [program, "--folder", folder, "--port", $"{port}", .. words])
        {
            // The page must not be looked for where the user happens to be.
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
    }

    private async Task ListenAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Open ", StringComparison.Ordinal))
            {
                _url.TrySetResult(new Uri(line["Open ".Length..]));
            }
        }

        _url.TrySetException(new InvalidOperationException($"The app ended before it served: {await _errors}"));
    }
}
