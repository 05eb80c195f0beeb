namespace ResumableDownload.Conformance;

/// <summary>How a candidate ended.</summary>
public enum Outcome
{
    /// <summary>It says that the file is whole, and the bytes are those of one version that was served.</summary>
    FinishedRight,

    /// <summary>It says that it failed, and nothing looks finished.</summary>
    HonestFailure,

    /// <summary>It says that the file is whole, or leaves what looks whole, and the bytes are no version's.</summary>
    SilentlyWrong,

    /// <summary>It did not end within the limit.</summary>
    Hang,
}
