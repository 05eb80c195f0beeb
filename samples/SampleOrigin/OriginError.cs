namespace ResumableDownload.SampleOrigin;

/// <summary>Why an origin refuses, in the words of an object store.</summary>
internal sealed record OriginError(string Code, string Message);
