using System.Net;

namespace ResumableDownload.IntegrationTests;

/// <summary>Whether a door is what it says it is: stories on one that is not would prove nothing.</summary>
internal static class Claims
{
    public static TheoryData<string> Of(IEnumerable<Door> doors) => [.. doors.Select(static door => door.Name)];

    public static async Task CheckAsync(RealServer server, string name)
    {
        var door = server.Doors.Single(each => each.Name == name);
        var file = $"{Guid.NewGuid():N}.txt";
        var (first, second) = (new Resource(new byte[5_000]), new Resource(new byte[6_000]));
        using var wire = new Wire(door, server);
        using var client = wire.NewClient();

        server.Publish(file, first, version: 1);
        var (length, _) = await GetAsync(client, server.UrlOf(door, file), "identity");
        server.Publish(file, second, version: 2);
        var (later, _) = await GetAsync(client, server.UrlOf(door, file), "identity");
        var (_, coding) = await GetAsync(client, server.UrlOf(door, file), "gzip");

        Assert.Equal((5_000, door.IsCache ? 5_000 : 6_000), (length, later));
        Assert.Equal(door.Compresses ? "gzip" : null, coding);
    }

    private static async Task<(int Length, string? Coding)> GetAsync(HttpClient client, Uri url, string accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Version = client.DefaultRequestVersion, VersionPolicy = client.DefaultVersionPolicy };
        request.Headers.Add("Accept-Encoding", accepted);
        using var response = await client.SendAsync(request);
        Assert.Equal((HttpStatusCode.OK, client.DefaultRequestVersion), (response.StatusCode, response.Version));
        return ((await response.Content.ReadAsByteArrayAsync()).Length, response.Content.Headers.ContentEncoding.SingleOrDefault());
    }
}
