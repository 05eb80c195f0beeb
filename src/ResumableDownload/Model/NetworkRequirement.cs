namespace ResumableDownload;

/// <summary>Which networks a download of a manager may use.</summary>
public enum NetworkRequirement
{
    /// <summary>Any.</summary>
    Any,

    /// <summary>One that is not metered.</summary>
    UnmeteredOnly,
}
