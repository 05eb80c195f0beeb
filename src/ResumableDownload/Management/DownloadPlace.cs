namespace ResumableDownload.Management;

/// <summary>A place in the queue.</summary>
/// <param name="Priority">The greater one comes first.</param>
/// <param name="Order">Then the smaller one.</param>
internal readonly record struct DownloadPlace(int Priority, long Order) : IComparable<DownloadPlace>
{
    public int CompareTo(DownloadPlace other) => Priority != other.Priority ? other.Priority.CompareTo(Priority) : Order.CompareTo(other.Order);
}
