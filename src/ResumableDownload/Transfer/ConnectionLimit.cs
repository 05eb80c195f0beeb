namespace ResumableDownload.Transfer;

/// <summary>How many connections a download may have: what the options say, and what the server last had time for.</summary>
internal sealed class ConnectionLimit(SessionContext context, SegmentBoard board)
{
    public int Most => Math.Min(context.Body.Settings.MostConnections, context.Memory.MostConnections(context.Address.Current.Target) ?? int.MaxValue);

    /// <summary>The server has no time for one more connection: as many as there are else are enough, for this download and the next ones.</summary>
    /// <param name="refused">The range of the refused one, if it still holds it.</param>
    public void NoteRefusal(Segment? refused = null)
    {
        // When none delivers, it is the network that is gone. Those that await their first byte may be refused as well; then they tell so.
        if (board.CountDelivering() > 0 && board.CountOthers(refused) is > 0 and var others)
        {
            context.Memory.LimitConnections(context.Address.Current.Target, others);
        }
    }
}
