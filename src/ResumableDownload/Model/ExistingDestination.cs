namespace ResumableDownload;

/// <summary>What happens when there is a file at the destination already.</summary>
public enum ExistingDestination
{
    /// <summary>It stays as it is until the new file is whole, and is then replaced in one step.</summary>
    Replace,

    /// <summary>The download fails before the first request; a file that appears meanwhile is not overwritten either.</summary>
    Fail,
}
