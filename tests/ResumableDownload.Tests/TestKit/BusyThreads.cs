namespace ResumableDownload.Tests.TestKit;

/// <summary>Counts the threads that work for something, wherever its continuations run: each of them enters its execution context and leaves it again.</summary>
internal sealed class BusyThreads
{
    private static readonly AsyncLocal<BusyThreads?> Current = new(static change =>
    {
        if (change.ThreadContextChanged)
        {
            change.PreviousValue?.Count(-1);
            change.CurrentValue?.Count(1);
        }
    });

    private int _count;

    /// <summary>Whether any works now.</summary>
    public bool AreBusy => Volatile.Read(ref _count) > 0;

    /// <summary>Begins something whose threads are counted from its first wait on.</summary>
    public T Follow<T>(Func<T> work)
    {
        var before = Current.Value;
        Current.Value = this;
        try
        {
            return work();
        }
        finally
        {
            Current.Value = before;
        }
    }

    private void Count(int change) => Interlocked.Add(ref _count, change);
}
