using System.Runtime.CompilerServices;

namespace ResumableDownload.Transfer;

/// <summary>One reader's shares of all the limits that hold for it: it waits for one after the other, and pays each.</summary>
/// <remarks>What one limit has given is kept while another one makes wait: it is little, and given only once.</remarks>
internal sealed class BodyPace(PaceShare[] shares, Func<TimeSpan?> patience) : IDisposable
{
    /// <summary>How many bytes may be read next, at least 1.</summary>
    public int ReadSize
    {
        get
        {
            var size = int.MaxValue;
            foreach (var share in shares)
            {
                size = Math.Min(size, share.ReadSize);
            }

            return size;
        }
    }

    /// <summary>Counts bytes that were read.</summary>
    public void Pay(int bytes)
    {
        foreach (var share in shares)
        {
            share.Pay(bytes);
        }
    }

    /// <summary>Waits until more may be read; <see langword="false"/> when it was cancelled, or when patience ended before.</summary>
    public ValueTask<bool> WaitAsync() => shares.Length switch
    {
        0 => new(true),
        1 => WaitForAsync(0),
        _ => WaitForEachAsync(),
    };

    public void Dispose()
    {
        foreach (var share in shares)
        {
            share.Dispose();
        }
    }

    private ValueTask<bool> WaitForAsync(int index) => shares[index].WaitAsync(patience());

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WaitForEachAsync()
    {
        for (var index = 0; index < shares.Length; index++)
        {
            if (!await WaitForAsync(index).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }
}
