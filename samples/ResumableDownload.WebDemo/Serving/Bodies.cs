namespace ResumableDownload.WebDemo.Serving;

/// <summary>Addresses to download, as they were pasted.</summary>
/// <param name="Urls">The text.</param>
internal sealed record PastedUrls(string Urls);

/// <summary>How soon a download's turn comes.</summary>
/// <param name="Priority">The greater one first.</param>
internal sealed record NewPriority(int Priority);

/// <summary>The body of a request that says all by its address.</summary>
internal sealed record Nothing;

/// <summary>Why something was not done.</summary>
/// <param name="Why">In words.</param>
internal sealed record Problem(string Why);
