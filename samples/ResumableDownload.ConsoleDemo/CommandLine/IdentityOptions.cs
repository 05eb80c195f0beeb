using System.CommandLine;

namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>The options that say how it is made sure that all bytes are of one version, and of the right one.</summary>
internal sealed class IdentityOptions
{
    private readonly ChoiceOption<ResumeCondition> _condition = new(
        "--condition",
        "How a continuation is tied to the bytes that are kept.",
        ("auto", ResumeCondition.Auto),
        ("if-range", ResumeCondition.IfRange),
        ("if-match", ResumeCondition.IfMatch));

    private readonly Option<Digest?> _digest = new("--digest")
    {
        HelpName = "sha-256:HEX",
        CustomParser = Words.DigestOf,
        Description = "What the file must be; also sha-512, sha-1, md5, crc32, crc32c, crc64 and crc64nvme.",
    };

    private readonly ChoiceOption<WeakIdentity> _weakIdentity = new(
        "--weak-identity",
        "What becomes of kept bytes that the server cannot vouch for: they are given up, compared at their end with the server's, or the download fails.",
        ("start-over", WeakIdentity.StartOver),
        ("content-evidence", WeakIdentity.ContentEvidence),
        ("refuse", WeakIdentity.Refuse));

    private readonly ChoiceOption<FinalCheck> _finalCheck = new(
        "--final-check",
        "Whether the server is asked after the last byte if the file is still the same; auto: after several answers, or a slow one, and no digest.",
        ("auto", FinalCheck.Auto),
        ("never", FinalCheck.Never),
        ("always", FinalCheck.Always));

    public IReadOnlyList<Option> All => [_condition, _digest, _weakIdentity, _finalCheck];

    public Digest? DigestIn(ParseResult parsed) => parsed.GetValue(_digest);

    public void Set(ResumableDownloadOptions options, ParseResult parsed)
    {
        options.Condition = _condition.ValueIn(parsed);
        options.WeakIdentity = _weakIdentity.ValueIn(parsed);
        options.FinalCheck = _finalCheck.ValueIn(parsed);
    }
}
