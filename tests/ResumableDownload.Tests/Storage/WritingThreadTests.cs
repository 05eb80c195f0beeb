using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>A thread of the pool writes itself; any other may be one that draws a window, and does not wait for a disk.</summary>
public sealed class WritingThreadTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder.File("a");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Either_may_write_anywhere(bool isOfPool)
    {
        using var file = Disk.Physical.OpenLocked(Path);
        await await On(isOfPool, () => file.WriteAsync(1000, new byte[] { 1, 2, 3 }).AsTask());
        Assert.Equal(1003, file.Length);
    }

    /// <summary>Who writes is told by where its error appears: in the call, or in the task that is waited for.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_a_thread_of_the_pool_writes_itself(bool isOfPool)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await File.WriteAllTextAsync(Path, "x");
        using var file = Disk.Physical.OpenToRead(Path)!;

        var call = On(isOfPool, () => file.WriteAsync(0, new byte[] { 1 }).AsTask());

        if (isOfPool)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => call);
        }
        else
        {
            var writing = await call;
            await Assert.ThrowsAnyAsync<Exception>(() => writing);
        }
    }

    private static Task<Task> On(bool isOfPool, Func<Task> write) =>
        Task.Factory.StartNew(write, CancellationToken.None, isOfPool ? TaskCreationOptions.None : TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
