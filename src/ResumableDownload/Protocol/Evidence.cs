using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>What must be equal before kept bytes of weak identity are compared with an answer's.</summary>
internal static class Evidence
{
    /// <summary>The length, which must be told, and whatever validators there are, as text: a weak tag that moved is as good a disproof as a strong one, and so is a digest.</summary>
    public static bool IsAlike(Representation kept, ResponseFacts answer, long? total) =>
        total is not null && total == kept.Length && answer.ResourceLength == kept.ResourceLength && kept.Validator == answer.Validator && !Identity.Contradicts(kept.Digests, answer.Digests);
}
