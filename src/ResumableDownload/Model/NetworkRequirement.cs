namespace ResumableDownload;

/// <summary>Which networks a download may use.</summary>
public enum NetworkRequirement
{
    /// <summary>Any that there is.</summary>
    Any,

    /// <summary>Those that are not metered only. One of which it is not known whether it is metered is allowed.</summary>
    UnmeteredOnly,
}
