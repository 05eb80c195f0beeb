using System.Globalization;
using ResumableDownload.Model;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What is remembered of origins, of which, and for how long.</summary>
public sealed class OriginMemoryTests
{
    private static readonly Uri Origin = new("https://origin.test/file.bin?token=1");

    private readonly FakeTimeProvider _time = new();
    private readonly OriginMemory _memory;

    public OriginMemoryTests() => _memory = new(_time);

    [Theory]
    [InlineData("https://origin.test/other", true)]
    [InlineData("https://ORIGIN.test:443/file.bin", true)]
    [InlineData("https://user@origin.test/", true)]
    [InlineData("http://origin.test/file.bin", false)]
    [InlineData("https://origin.test:8443/file.bin", false)]
    [InlineData("https://www.origin.test/file.bin", false)]
    public void A_lesson_is_of_one_origin(string address, bool expected)
    {
        _memory.Learn(Origin, OriginTraits.IgnoresIfRange);
        Assert.Equal(expected ? OriginTraits.IgnoresIfRange : OriginTraits.None, _memory.Of(new Uri(address)));
    }

    [Theory]
    [InlineData(OriginTraits.IgnoresIfRange, OriginTraits.IgnoresIfRange)]
    [InlineData(OriginTraits.IgnoresIfMatch, OriginTraits.IgnoresIfMatch)]
    [InlineData(OriginTraits.IgnoresIfRange | OriginTraits.IgnoresIfMatch, OriginTraits.IgnoresIfRange | OriginTraits.IgnoresIfMatch)]
    [InlineData(OriginTraits.NoRanges, OriginTraits.None)]
    [InlineData(OriginTraits.KeptDiffers, OriginTraits.None)]
    [InlineData(OriginTraits.KeptDiffers | OriginTraits.IgnoresIfMatch, OriginTraits.IgnoresIfMatch)]
    internal void Only_what_is_true_of_the_whole_origin_is_remembered(OriginTraits learned, OriginTraits expected)
    {
        _memory.Learn(Origin, learned);
        Assert.Equal(expected, _memory.Of(Origin));
    }

    [Fact]
    public void Each_lesson_lasts_a_day_and_is_renewed_by_learning_it_again()
    {
        _memory.Learn(Origin, OriginTraits.IgnoresIfRange);
        _time.Advance(TimeSpan.FromHours(12));
        _memory.Learn(Origin, OriginTraits.IgnoresIfMatch);
        _time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.Equal(OriginTraits.IgnoresIfRange | OriginTraits.IgnoresIfMatch, _memory.Of(Origin));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(OriginTraits.IgnoresIfMatch, _memory.Of(Origin));
        _memory.Learn(Origin, OriginTraits.IgnoresIfRange);
        Assert.Equal(OriginTraits.IgnoresIfRange | OriginTraits.IgnoresIfMatch, _memory.Of(Origin));
    }

    [Fact]
    public void The_oldest_lessons_make_room()
    {
        for (var number = 0; number < 3000; number++)
        {
            _memory.Learn(Numbered(number), OriginTraits.IgnoresIfRange);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var known = Enumerable.Range(0, 3000).Where(number => _memory.Of(Numbered(number)) != OriginTraits.None).ToArray();
        Assert.Equal(Enumerable.Range(3000 - 1024, 1024), known);
    }

    [Theory]
    [InlineData(OriginTraits.IgnoresIfRange, 0, true)]
    [InlineData(OriginTraits.IgnoresIfRange, 86_399, true)]
    [InlineData(OriginTraits.IgnoresIfRange, 86_400, false)]
    [InlineData(OriginTraits.NoRanges, 86_400, false)]
    [InlineData(OriginTraits.KeptDiffers, 86_400, true)]
    [InlineData(OriginTraits.KeptDiffers, 999_999_999, true)]
    internal void A_lesson_counts_for_a_day_and_a_disproof_for_ever(OriginTraits trait, long age, bool expected)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(2_000_000_000);
        Assert.Equal(expected, OriginTrait.IsCurrent(trait, now.ToUnixTimeSeconds() - age, now));
    }

    [Fact]
    public void A_set_is_told_trait_by_trait()
    {
        Assert.Equal([OriginTraits.IgnoresIfRange, OriginTraits.KeptDiffers], OriginTrait.Each(OriginTraits.KeptDiffers | OriginTraits.IgnoresIfRange));
        Assert.Empty(OriginTrait.Each(OriginTraits.None));
    }

    private static Uri Numbered(int number) => new(string.Create(CultureInfo.InvariantCulture, $"https://o{number}.test/"));

    [Fact]
    public void How_many_connections_an_origin_had_time_for_is_remembered_for_ten_minutes()
    {
        Assert.Null(_memory.MostConnections(Origin));
        _memory.LimitConnections(Origin, 3);

        Assert.Equal(3, _memory.MostConnections(new Uri("https://origin.test/other")));
        Assert.Null(_memory.MostConnections(new Uri("https://other.test/file.bin")));
        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Equal(3, _memory.MostConnections(Origin));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(_memory.MostConnections(Origin));
    }

    [Fact]
    public void One_connection_is_always_allowed_and_limits_do_not_pile_up()
    {
        _memory.LimitConnections(Origin, 0);
        Assert.Equal(1, _memory.MostConnections(Origin));
        for (var number = 0; number < 1100; number++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            _memory.LimitConnections(new Uri(string.Create(CultureInfo.InvariantCulture, $"https://{number}.test/")), 2);
        }

        Assert.Null(_memory.MostConnections(Origin));
        Assert.Equal(
            Enumerable.Range(1100 - 1024, 1024),
            Enumerable.Range(0, 1100).Where(number => _memory.MostConnections(new Uri(string.Create(CultureInfo.InvariantCulture, $"https://{number}.test/"))) == 2));
    }
}
