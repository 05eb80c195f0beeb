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
            verdict = Judge(verdict, candidate, stage, end, await BytesAsync(folder));
            if (verdict.Outcome is Outcome.SilentlyWrong or Outcome.Hang)
            {
                break;
            }
        }

        return verdict;
    }

    private static async Task<byte[]?> BytesAsync(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? await File.ReadAllBytesAsync(path) : null;
    }

    private static Verdict Judge(Verdict verdict, ICandidate candidate, Stage stage, CandidateEnd end, byte[]? bytes)
    {
        // What bears its final name looks finished, unless the candidate has no other name for what is not.
        var looksWhole = end.SaysWhole || (candidate.HasPartialName && bytes is not null);
        var outcome = (end.IsTimedOut, looksWhole) switch
        {
            (true, _) => Outcome.Hang,
            (_, false) => Outcome.HonestFailure,
            _ when end.SaysWhole && bytes is not null && stage.IsOneVersion(bytes) => Outcome.FinishedRight,
            _ => Outcome.SilentlyWrong,
        };
        return verdict with { Outcome = outcome, IsShort = outcome == Outcome.SilentlyWrong && stage.IsBeginning(bytes ?? []), Said = end.Said };
    }
}
