namespace ResumableDownload.IntegrationTests;

/// <summary>The conformance kit, which knows nothing of this library: what is allowed follows from HTTP alone.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Scenarios => [.. Kit.Scenarios.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task The_library_ends_as_http_allows(string name)
    {
        var verdict = await Playing.PlayAsync(Kit.Named(name), new LibraryCandidate());

        Assert.True(verdict.IsAllowed, verdict.ToString());
    }

    [Fact]
    public void There_are_scenarios_enough_and_each_has_a_name_of_its_own()
    {
        Assert.InRange(Kit.Scenarios.Count, 60, int.MaxValue);
        Assert.Equal(Kit.Scenarios.Count, Kit.Scenarios.DistinctBy(scenario => scenario.Name).Count());
        Assert.All(Enum.GetValues<Allowed>(), allowed => Assert.Contains(Kit.Scenarios, scenario => scenario.Allowed == allowed));
    }

    // A kit that cannot find a fault would be worth nothing.
    [Theory]
    [InlineData("changed: same length, another strong tag", Outcome.SilentlyWrong, false)]
    [InlineData("changed: appended to, the beginning stays", Outcome.FinishedRight, true)]
    [InlineData("unchanged: the connection is closed at 300 KiB of 1 MiB", Outcome.FinishedRight, true)]
    [InlineData("404 from now on", Outcome.HonestFailure, true)]
    public async Task A_client_that_only_appends_is_found_out(string name, Outcome outcome, bool isAllowed)
    {
        var verdict = await Playing.PlayAsync(Kit.Named(name), new AppendingCandidate());

        Assert.Equal((outcome, isAllowed), (verdict.Outcome, verdict.IsAllowed));
    }

    /// <summary>Asks for what comes after the bytes it has, and appends whatever comes, as many clients do.</summary>
    private sealed class AppendingCandidate : ICandidate
    {
        public string Name => "appending";

        public bool HasPartialName => false;

        public async Task<CandidateEnd> RunAsync(Uri url, string folder)
        {
            await using var file = new FileStream(Path.Combine(folder, Playing.FileName), FileMode.Append);
            using var client = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Range = file.Position > 0 ? new(file.Position, null) : null;
            try
            {
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                answer.EnsureSuccessStatusCode();
                await (await answer.Content.ReadAsStreamAsync()).CopyToAsync(file);
                return new(SaysWhole: true, IsTimedOut: false, "");
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                return new(SaysWhole: false, IsTimedOut: false, fault.Message);
            }
        }
    }
}
