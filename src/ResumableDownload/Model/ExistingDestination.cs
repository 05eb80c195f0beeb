namespace ResumableDownload;

/// <summary>What happens when there is a file at the destination already.</summary>
/// <remarks>In a folder it is the server that names the file. With one that is not trusted, <see cref="Number"/> keeps it from choosing which file is replaced.</remarks>
public enum ExistingDestination
{
    /// <summary>It stays as it is until the new file is whole, and is then replaced in one step.</summary>
    Replace,

    /// <summary>The download fails before the first request; a file that appears meanwhile is not overwritten either.</summary>
    Fail,

    /// <summary>It stays, and the new file gets the first free name of <c>name (1).ext</c>, <c>name (2).ext</c> and so on, also when several downloads look for one at once.</summary>
    Number,
}
