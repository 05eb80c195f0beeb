namespace ResumableDownload.Conformance;

/// <summary>What came of one scenario with one candidate, and what the candidate said last.</summary>
internal sealed record Verdict(Scenario Scenario, string Candidate, Outcome Outcome, string Said)
{
    /// <summary>Whether what is silently wrong is a mere beginning of a version, or no file at all: short, but nothing mixed.</summary>
    public bool IsShort { get; init; }

    public bool IsAllowed => (Scenario.Allowed, Outcome) switch
    {
        (Allowed.MustFail, Outcome.HonestFailure) => true,
        (Allowed.MayFail, Outcome.HonestFailure) => true,
        (not Allowed.MustFail, Outcome.FinishedRight) => true,
        _ => false,
    };

    public override string ToString() => $"{Candidate}, {Scenario.Name} ({Scenario.Allowed}): {Outcome}. {Said}";
}
