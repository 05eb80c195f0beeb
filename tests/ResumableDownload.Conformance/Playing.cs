namespace ResumableDownload.Conformance;

/// <summary>Puts a candidate through a scenario and judges by what lies on the disk, not by what the candidate believes.</summary>
internal static class Playing
{
    /// <summary>The name every candidate writes to.</summary>
    public const string FileName = "file.bin";

    public static async Task<Verdict> PlayAsync(Scenario scenario, ICandidate candidate)
    {
        var folder = Directory.CreateTempSubdirectory("resumable-conformance-").FullName;
        try
        {
            await using var stage = new Stage(scenario);
            await candidate.RunAsync(stage.Origin.UrlOf(scenario.Targets[0]), folder);
            return await GoOnAsync(scenario, candidate, stage, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Verdict> GoOnAsync(Scenario scenario, ICandidate candidate, Stage stage, string folder)
    {
        var verdict = new Verdict(scenario, candidate.Name, Outcome.HonestFailure, "");
        for (var run = 1; run < scenario.Targets.Length; run++)
        {
            stage.GoesOn(run == 1 ? scenario.Change : scenario.ChangeAgain);
            var end = await candidate.RunAsync(stage.Origin.UrlOf(scenario.Targets[run]), folder);
            verdict = verdict with { Outcome = Judge(candidate, stage, end, Path.Combine(folder, FileName)), Said = end.Said };
            if (verdict.Outcome is Outcome.SilentlyWrong or Outcome.Hang)
            {
                break;
            }
        }

        return verdict;
    }

    private static Outcome Judge(ICandidate candidate, Stage stage, CandidateEnd end, string path) => (end, File.Exists(path)) switch
    {
        ({ IsTimedOut: true }, _) => Outcome.Hang,
        ({ SaysWhole: true }, true) => stage.IsOneVersion(File.ReadAllBytes(path)) ? Outcome.FinishedRight : Outcome.SilentlyWrong,
        ({ SaysWhole: true }, false) => Outcome.SilentlyWrong,

        // What bears its final name looks finished, unless the candidate has no other name for what is not.
        (_, true) when candidate.HasPartialName => Outcome.SilentlyWrong,
        _ => Outcome.HonestFailure,
    };
}
