namespace ResumableDownload.Benchmarks.SideBySide.Contenders;

/// <summary>How a contender takes many files at once.</summary>
/// <param name="Line">What its list says for an address and a path.</param>
/// <param name="Arguments">What it is given.</param>
internal sealed record ListTaking(Func<string, string, string> Line, Func<Job, string[]> Arguments);
