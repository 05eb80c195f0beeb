using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;
using ResumableDownload.Transport;

namespace ResumableDownload.Tests.Transfer;

/// <summary>One address for all who use it.</summary>
public sealed class LiveAddressTests
{
    private static readonly Uri Old = new("https://origin.test/f?sig=old");
    private static readonly Uri Fresh = new("https://origin.test/f?sig=fresh");

    [Fact]
    public async Task All_whose_address_is_refused_at_once_get_the_same_fresh_one()
    {
        var (asked, answer) = (0, new TaskCompletionSource<Uri?>());
        using var address = new LiveAddress(new OriginAddress(Old, []), (_, _) => Ask(), new FakeTimeProvider());
        ValueTask<Uri?> Ask()
        {
            asked++;
            return new(answer.Task);
        }

        var used = address.Current;
        var why = new UriRefresh { Reason = UriRefreshReason.Refused, Source = Old };
        Task<bool>[] refused = [.. Enumerable.Range(0, 3).Select(_ => address.RefreshAsync(used, why, CancellationToken.None).AsTask())];
        answer.SetResult(Fresh);

        Assert.All(await Task.WhenAll(refused), Assert.True);
        Assert.Equal((1, Fresh), (asked, address.Current.Source));
    }

    [Fact]
    public async Task A_fresh_address_that_is_refused_too_is_asked_for_again()
    {
        var asked = 0;
        using var address = new LiveAddress(new OriginAddress(Old, []), (_, _) => new(new Uri($"https://origin.test/f?sig={++asked}")), new FakeTimeProvider());
        var why = new UriRefresh { Reason = UriRefreshReason.Refused, Source = Old };
        await address.RefreshAsync(address.Current, why, CancellationToken.None);
        await address.RefreshAsync(address.Current, why, CancellationToken.None);
        Assert.Equal((2, "?sig=2"), (asked, address.Current.Source.Query));
    }
}
