namespace ResumableDownload.Conformance;

/// <summary>All scenarios there are.</summary>
internal static class Kit
{
    public static IReadOnlyList<Scenario> Scenarios { get; } = [.. Unchanged.All, .. Changed.All, .. Conditions.All, .. Parts.All, .. Refusals.All, .. Detours.All];

    public static Scenario Named(string name) => Scenarios.Single(scenario => scenario.Name == name);
}
