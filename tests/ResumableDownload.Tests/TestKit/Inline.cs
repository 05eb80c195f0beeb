namespace ResumableDownload.Tests.TestKit;

/// <summary>Runs something without the test framework's context, so that what it sets going runs inside it and not at some later moment.</summary>
internal static class Inline
{
    public static void Run(Action action)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
