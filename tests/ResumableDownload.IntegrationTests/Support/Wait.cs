namespace ResumableDownload.IntegrationTests;

/// <summary>Waits for a condition, never for a time: a test that would hang fails instead.</summary>
internal static class Wait
{
    /// <summary>Far beyond what any test needs, even on a busy machine.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<bool> condition, string what, TimeSpan? limit = null)
    {
        var end = DateTime.UtcNow + (limit ?? Limit);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < end, $"Waited {(limit ?? Limit).TotalSeconds} s in vain until {what}.");
            await Task.Delay(5);
        }
    }
}
