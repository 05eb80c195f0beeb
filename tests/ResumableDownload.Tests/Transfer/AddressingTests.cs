using ResumableDownload.Model;
using ResumableDownload.Protocol;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Where the first connection asks: alone from the beginning of the redirects, beside others at their end.</summary>
public sealed class AddressingTests
{
    [Theory]
    [InlineData("part", false, true)]
    [InlineData("part", true, false)]
    [InlineData("whole", false, false)]
    [InlineData("whole", true, false)]
    public async Task Beside_others_it_goes_where_they_went_and_for_a_part_by_a_connection_of_its_own(string asked, bool multiplexes, bool isOwn)
    {
        await using var bench = await CrewBench.BeginAsync(multiplexes);
        bench.Context.Address.Resolve(bench.Context.Address.Current, CrewBench.Mirror);
        var address = new Addressing(bench.Context, bench.State).For(Ask(asked, bench), isBesideOthers: true);
        Assert.Equal((CrewBench.Mirror, isOwn), (address.Target, address.HasOwnConnection));
        Assert.Equal(CrewBench.Mirror, bench.Context.Address.Current.Target);
    }

    [Fact]
    public async Task Alone_it_goes_the_whole_way_and_forgets_where_that_ended()
    {
        await using var bench = await CrewBench.BeginAsync();
        bench.Context.Address.Resolve(bench.Context.Address.Current, CrewBench.Mirror);
        var address = new Addressing(bench.Context, bench.State).For(Ask("part", bench), isBesideOthers: false);
        Assert.Equal((Bench.Source, false), (address.Target, address.HasOwnConnection));
        Assert.Equal(Bench.Source, bench.Context.Address.Current.Target);
    }

    private static Question Ask(string asked, CrewBench bench) =>
        new(asked == "part" ? RangeRequest.Part(CrewBench.Kept, null, null) : RangeRequest.Whole, bench.File.Checkpoint, bench.Context.Body.Settings.Limits);
}
