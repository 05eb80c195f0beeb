namespace ResumableDownload.WebDemo.Samples;

/// <summary>A sample file, as the page offers it.</summary>
/// <param name="Name">The end of its address.</param>
/// <param name="Title">What to call it.</param>
/// <param name="What">What to see with it.</param>
internal sealed record Sample(string Name, string Title, string What);
