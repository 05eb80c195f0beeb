namespace ResumableDownload.Benchmarks.SideBySide.Contenders;

/// <summary>A program that downloads.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Program">What is run, and must be there.</param>
/// <param name="Arguments">What it is given for a job.</param>
internal sealed record Contender(string Name, string Program, Func<Job, string[]> Arguments)
{
    /// <summary>What it is given when a killed run is to go on; null where it cannot.</summary>
    public Func<Job, string[]>? Continuing { get; init; }

    /// <summary>How it takes many files at once; null where it cannot.</summary>
    public ListTaking? Lists { get; init; }

    /// <summary>How many connections it can use.</summary>
    public int MostConnections { get; init; } = 1;

    public bool HandlesTls { get; init; } = true;

    public Command For(Job job) => Of(job, job.List is null ? Arguments : Lists!.Arguments);

    public Command Continue(Job job) => Of(job, Continuing ?? throw new InvalidOperationException($"{Name} continues nothing."));

    // OpenSSL, and so .NET and axel, take the certificates to trust from here.
    private Command Of(Job job, Func<Job, string[]> arguments) => new(Program, arguments(job))
    {
        Environment = job.Authority is { } file ? new Dictionary<string, string> { ["SSL_CERT_FILE"] = file } : [],
    };
}
