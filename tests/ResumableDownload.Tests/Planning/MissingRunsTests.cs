using ResumableDownload.Model;
using ResumableDownload.Planning;

namespace ResumableDownload.Tests.Planning;

/// <summary>What is neither received nor held.</summary>
public sealed class MissingRunsTests
{
    [Theory]
    [InlineData("", "", "0-100")]
    [InlineData("0-100", "", "")]
    [InlineData("", "0-100", "")]
    [InlineData("0-40", "40-60", "60-100")]
    [InlineData("10-20 30-40", "", "0-10 20-30 40-100")]
    [InlineData("10-20 30-40", "0-10 35-80", "20-30 80-100")]
    [InlineData("", "20-20", "0-100")]
    [InlineData("0-20", "10-9223372036854775807", "")]
    public void Missing_is(string received, string held, string missing) =>
        Assert.Equal(missing, string.Join(' ', MissingRuns.Of(Set(received), Ranges(held), 100).Select(static range => $"{range.Start}-{range.End}")));

    [Fact]
    public void Received_held_and_missing_cover_everything_once()
    {
        var random = new Random(5);
        for (var round = 0; round < 2000; round++)
        {
            var length = random.Next(1, 60);
            var owners = Enumerable.Range(0, length).Select(_ => random.Next(3)).ToArray();
            var received = Enumerable.Range(0, length).Where(at => owners[at] == 1).Aggregate(ByteRangeSet.Empty, static (set, at) => set.Add(new(at, at + 1)));
            var held = Enumerable.Range(0, length).Where(at => owners[at] == 2).Select(static at => new ByteRange(at, at + 1));

            var missing = MissingRuns.Of(received, held, length);

            Assert.All(missing, static range => Assert.False(range.IsEmpty));
            Assert.Equal(Enumerable.Range(0, length).Where(at => owners[at] == 0).Select(static at => (long)at), missing.SelectMany(static range => Enumerable.Range((int)range.Start, (int)range.Length).Select(static at => (long)at)));
            Assert.All(missing.Zip(missing.Skip(1)), static pair => Assert.True(pair.First.End < pair.Second.Start));
        }
    }

    private static ByteRangeSet Set(string text) => Ranges(text).Aggregate(ByteRangeSet.Empty, static (set, range) => set.Add(range));

    private static IEnumerable<ByteRange> Ranges(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static range => range.Split('-')).Select(static edges =>
        new ByteRange(long.Parse(edges[0], System.Globalization.CultureInfo.InvariantCulture), long.Parse(edges[1], System.Globalization.CultureInfo.InvariantCulture)));
}
