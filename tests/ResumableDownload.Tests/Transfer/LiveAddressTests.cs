using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;
using ResumableDownload.Transport;

namespace ResumableDownload.Tests.Transfer;

/// <summary>One address for all who use it.</summary>
public sealed class LiveAddressTests
{
    private static readonly Uri Old = new("https://origin.test/f?sig=old");
    private static readonly Uri Fresh = new("https://origin.test/f?sig=fresh");
    private static readonly Uri Mirror = new("https://mirror.test/f");
    private static readonly DateTimeOffset Began = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Uri Expiring = new($"https://origin.test/f?Expires={Began.AddSeconds(10).ToUnixTimeSeconds()}&OSSAccessKeyId=k&Signature=s");
    private static readonly Uri ExpiringToo = new($"https://origin.test/f?Expires={Began.AddSeconds(20).ToUnixTimeSeconds()}&OSSAccessKeyId=k&Signature=s");

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

    [Fact]
    public void Where_redirects_ended_is_remembered_until_it_is_forgotten()
    {
        using var address = Address();
        var used = address.Current;
        address.Resolve(used, null);
        address.Resolve(used, Old);
        Assert.Equal(used, address.Current);
        Assert.False(address.Unresolve(used));

        address.Resolve(used, Mirror);
        var resolved = address.Current;
        Assert.Equal((Old, Mirror, Mirror), (resolved.Source, resolved.Resolved, resolved.Target));
        Assert.True(address.Unresolve(resolved));
        Assert.Equal(used, address.Current);
    }

    /// <summary>Two were refused at the end of the redirects: the second one finds that the first has forgotten it, and perhaps found another.</summary>
    [Fact]
    public void Who_was_refused_at_a_former_end_of_the_redirects_leaves_the_present_one()
    {
        using var address = Address();
        var used = address.Current;
        address.Resolve(used, Mirror);
        var former = address.Current;
        address.Unresolve(former);
        address.Resolve(used, Fresh);
        Assert.True(address.Unresolve(former));
        Assert.Equal(Fresh, address.Current.Resolved);
    }

    [Fact]
    public async Task Where_redirects_of_a_refused_address_ended_is_not_where_those_of_the_fresh_one_do()
    {
        using var address = Address();
        var used = address.Current;
        Assert.True(await address.RefreshAsync(used, Why(UriRefreshReason.Refused), CancellationToken.None));
        address.Resolve(used, Mirror);
        Assert.Equal((Fresh, null), (address.Current.Source, address.Current.Resolved));
    }

    [Fact]
    public async Task A_fresh_address_forgets_where_the_former_one_led_and_the_servers_clock()
    {
        using var address = Address(Expiring, ExpiringToo);
        address.NoteDate(Began);
        Assert.True(address.ExpiresSoon);
        address.Resolve(address.Current, Mirror);
        await address.RefreshAsync(address.Current, Why(UriRefreshReason.ExpiresSoon), CancellationToken.None);
        Assert.Equal((ExpiringToo, null, false), (address.Current.Source, address.Current.Resolved, address.ExpiresSoon));
        Assert.Equal(Began.AddSeconds(20), address.Signature?.Expiry);
        address.NoteDate(Began);
        Assert.True(address.ExpiresSoon);
    }

    [Fact]
    public async Task An_address_that_could_not_be_replaced_ahead_is_not_asked_for_ahead_again()
    {
        using var address = Address(Expiring, null);
        address.NoteDate(Began);
        Assert.False(await address.RefreshAsync(address.Current, Why(UriRefreshReason.ExpiresSoon), CancellationToken.None));
        Assert.False(await address.RefreshAsync(address.Current, Why(UriRefreshReason.ExpiresSoon), CancellationToken.None));
        Assert.False(await address.RefreshAsync(address.Current, Why(UriRefreshReason.Refused), CancellationToken.None));
        Assert.False(address.ExpiresSoon);
    }

    [Fact]
    public async Task A_refusal_says_nothing_of_when_an_address_expires()
    {
        using var address = Address(Expiring, Expiring);
        address.NoteDate(Began);
        Assert.True(await address.RefreshAsync(address.Current, Why(UriRefreshReason.Refused), CancellationToken.None));
        Assert.True(address.ExpiresSoon);
    }

    [Fact]
    public async Task After_a_function_that_failed_the_next_one_who_asks_is_served()
    {
        var asked = 0;
        using var address = new LiveAddress(new OriginAddress(Old, []), (_, _) => asked++ == 0 ? throw new InvalidOperationException() : new(Fresh), new FakeTimeProvider());
        await Assert.ThrowsAsync<DownloadException>(() => address.RefreshAsync(address.Current, Why(UriRefreshReason.Refused), CancellationToken.None).AsTask());
        Assert.True(await address.RefreshAsync(address.Current, Why(UriRefreshReason.Refused), CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private static LiveAddress Address() => Address(Old, Fresh);

    private static LiveAddress Address(Uri first, Uri? fresh) => new(new OriginAddress(first, []), (_, _) => new(fresh), new FakeTimeProvider());

    private static UriRefresh Why(UriRefreshReason reason) => new() { Reason = reason, Source = Old };
}
