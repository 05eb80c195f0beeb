namespace ResumableDownload.WebDemo.Samples;

/// <summary>A sample file, as the page offers it.</summary>
/// <param name="Name">The end of its address.</param>
/// <param name="Title">What to call it.</param>
/// <param name="What">What to see with it.</param>
internal sealed record Sample(string Name, string Title, string What);

/// <summary>What the page tells once.</summary>
/// <param name="Folder">Where the files go.</param>
/// <param name="Samples">What can be tried.</param>
internal sealed record About(string Folder, IReadOnlyList<Sample> Samples);
