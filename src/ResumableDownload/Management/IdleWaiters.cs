namespace ResumableDownload.Management;

/// <summary>Those who wait until nothing is going on. Used under the gate.</summary>
internal sealed class IdleWaiters
{
    private TaskCompletionSource? _idle;

    public Task Wait() => (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Release()
    {
        _idle?.SetResult();
        _idle = null;
    }
}
