using ResumableDownload.Management;
using ResumableDownload.Model;

namespace ResumableDownload;

/// <summary>How a <see cref="DownloadManager"/> goes about its downloads. Read once, when it is made.</summary>
public sealed class DownloadManagerOptions
{
    /// <summary>Gets or sets how many downloads run at the same time.</summary>
    /// <value>The default is 3; from 1 to 10,000. <see cref="DownloadManager.MaxConcurrentDownloads"/> changes it later.</value>
    [Within(1, TurnLimits.Greatest)]
    public int MaxConcurrentDownloads { get; set; } = 3;

    /// <summary>Gets or sets how many downloads of one host and port run at the same time.</summary>
    /// <value>The default is 3; from 1 to 10,000. <see cref="DownloadManager.MaxConcurrentPerHost"/> changes it later.</value>
    [Within(1, TurnLimits.Greatest)]
    public int MaxConcurrentPerHost { get; set; } = 3;

    /// <summary>Gets or sets a speed limit that all downloads of the manager share, each with an equal part. Its rate may be changed at any time.</summary>
    /// <value>The default is <see langword="null"/>: no limit. One of the downloader's own options holds as well.</value>
    public BandwidthLimit? BandwidthLimit { get; set; }

    /// <summary>Gets or sets what tells of the network.</summary>
    /// <value>The default is <see langword="null"/>: what <see cref="System.Net.NetworkInformation.NetworkChange"/> tells, which knows no metered networks.</value>
    public INetworkMonitor? NetworkMonitor { get; set; }

    /// <summary>Gets or sets a value indicating whether a download that the loss of its network stopped goes on by itself when there is one.</summary>
    /// <value>The default is <see langword="true"/>. Otherwise it is paused, until it is resumed.</value>
    public bool ResumeAutomatically { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether a state file holds the addresses, with their signatures.</summary>
    /// <value>The default is <see langword="true"/>, as downloads could not go on without. Otherwise <see cref="DownloadManager.Open"/> needs its function to bring them back.</value>
    public bool RememberUris { get; set; } = true;
}
