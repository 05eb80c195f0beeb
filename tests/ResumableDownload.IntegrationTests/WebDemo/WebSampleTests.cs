using System.Net;
using System.Net.Http.Headers;

namespace ResumableDownload.IntegrationTests;

/// <summary>The sample files that the web demo offers, each with its own misbehaviour.</summary>
[Collection(nameof(Alone))]
public sealed class WebSampleTests
{
    [Fact]
    public async Task Each_does_what_it_is_there_for()
    {
        await using var scene = await WebScene.StartAsync();
        await scene.App.SetAsync(null, 6);
        var names = new[] { "mountains.mp4", "harbour.mp4", "weather.csv", "backup.tar", "letters.zip", "lost.iso" };
        await scene.App.AddAsync(string.Join(' ', names.Select(name => new Uri(scene.App.Url, $"samples/{name}"))));

        await scene.List.UntilAsync(list => list.Rows.Count == names.Length && list.Rows.All(row => row.State is "Completed" or "Failed"), "all have ended");

        var rows = scene.List.Rows.ToDictionary(row => row.Address.Split('/')[^1]);
        Assert.Equal(["lost.iso"], rows.Values.Where(row => row.State == "Failed").Select(row => row.Name));
        Assert.Contains("404", rows["lost.iso"].Failure, StringComparison.Ordinal);
        Assert.Equal((0, 0, 1), (rows["mountains.mp4"].StartedOver, rows["harbour.mp4"].StartedOver, rows["weather.csv"].StartedOver));
        Assert.Equal(["x-oss-hash-crc64ecma"], rows["backup.tar"].ProvedBy);
        Assert.Equal("_img src=x onerror=alert(1)_.zip", rows["letters.zip"].Name);
    }

    [Fact]
    public async Task The_one_like_OSS_ignores_If_Range_and_honours_If_Match()
    {
        await using var scene = await WebScene.StartAsync();

        using var ranged = await AskAsync(headers => headers.IfRange = new(new EntityTagHeaderValue("\"other\"")));
        using var matched = await AskAsync(headers => headers.IfMatch.Add(new("\"other\"")));

        Assert.Equal((HttpStatusCode.PartialContent, HttpStatusCode.PreconditionFailed), (ranged.StatusCode, matched.StatusCode));
        Assert.True(ranged.Headers.Contains("x-oss-hash-crc64ecma"));

        Task<HttpResponseMessage> AskAsync(Action<HttpRequestHeaders> condition)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(scene.App.Url, "samples/backup.tar"));
            request.Headers.Range = new(0, 9);
            condition(request.Headers);
            return scene.App.SendAsync(request);
        }
    }
}
