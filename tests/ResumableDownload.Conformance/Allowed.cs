namespace ResumableDownload.Conformance;

/// <summary>What HTTP lets a client end with in a scenario, whoever the client is.</summary>
internal enum Allowed
{
    /// <summary>Every answer obeys HTTP and a whole version is to be had: a client that reads them can finish.</summary>
    MustFinish,

    /// <summary>An answer breaks HTTP, or nothing tells the versions apart: the bytes of one version, or an honest failure.</summary>
    MayFail,

    /// <summary>No whole version is to be had: whatever looks finished is wrong.</summary>
    MustFail,
}
