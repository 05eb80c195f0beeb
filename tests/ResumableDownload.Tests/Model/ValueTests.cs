using ResumableDownload.Model;

namespace ResumableDownload.Tests.Model;

public sealed class ValueTests
{
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(5, 4)]
    [InlineData(-5, -4)]
    public void A_range_that_cannot_be_is_not_built(long start, long end) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ByteRange(start, end));

    [Fact]
    public void A_range_is_half_open()
    {
        var range = new ByteRange(2, 5);
        Assert.Equal((3L, false, "[2, 5)"), (range.Length, range.IsEmpty, range.ToString()));
        Assert.Equal([false, true, true, true, false], Enumerable.Range(1, 5).Select(at => range.Contains(at)));
        Assert.True(new ByteRange(7, 7).IsEmpty && default(ByteRange).IsEmpty);
    }

    [Theory]
    [InlineData(0, 2, false)]
    [InlineData(0, 3, true)]
    [InlineData(4, 9, true)]
    [InlineData(5, 9, false)]
    public void Neighbours_do_not_overlap(long start, long end, bool expected)
    {
        Assert.Equal(expected, new ByteRange(2, 5).Overlaps(new ByteRange(start, end)));
        Assert.Equal(expected, new ByteRange(start, end).Overlaps(new ByteRange(2, 5)));
    }

    [Theory]
    [InlineData(null, 10, false)]
    [InlineData(10L, 10, true)]
    [InlineData(11L, 10, false)]
    [InlineData(9L, 10, false)]
    [InlineData(0L, 0, true)]
    public void A_checkpoint_is_whole_when_its_length_is_known_and_there(long? length, long received, bool expected)
    {
        var representation = new Representation(new Validator(), default, length, null);
        Assert.Equal(expected, new Checkpoint(representation, OriginTraits.None, ByteRangeSet.Empty.Add(new ByteRange(0, received))).IsWhole);
    }

    [Theory]
    [InlineData("https://user:pass@host/a/b?sig=secret#part", "https://host/a/b")]
    [InlineData("http://host:8080/?token=secret", "http://host:8080/")]
    [InlineData("https://host:443/a%20b;x=1?q", "https://host/a%20b;x=1")]
    [InlineData("http://host/caf\u00e9?x=secret", "http://host/caf%C3%A9")]
    [InlineData("http://secret@host/", "http://host/")]
    public void An_address_is_shown_without_secrets(string address, string expected) => Assert.Equal(expected, PublicAddress.Of(new Uri(address)));

    [Fact]
    public void A_relative_address_is_not_shown() =>
        Assert.DoesNotContain("secret", PublicAddress.Of(new Uri("/a?b=secret", UriKind.Relative)), StringComparison.Ordinal);
}
