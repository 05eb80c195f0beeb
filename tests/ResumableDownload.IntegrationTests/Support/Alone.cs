namespace ResumableDownload.IntegrationTests;

/// <summary>Tests that start processes, and run while no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
