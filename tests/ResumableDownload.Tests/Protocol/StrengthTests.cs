using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

public sealed class StrengthTests
{
    [Theory]
    [InlineData("\"v1\"", true)]
    [InlineData("\"\"", false)]
    [InlineData("\"a b\"", true)]
    [InlineData("v1", true)]
    [InlineData("'v1'", true)]
    [InlineData("\"v1\"-gzip", true)]
    [InlineData("Wide", true)]
    [InlineData("W/\"v1\"", false)]
    [InlineData("w/\"v1\"", false)]
    [InlineData("W/v1", false)]
    [InlineData("\"caf\u00e9\"", false)]
    [InlineData("\"v\u20ac\"", false)]
    [InlineData("\"v1\"\r\nX: y", false)]
    [InlineData("\"v\01\"", false)]
    [InlineData("\"v\t1\"", false)]
    [InlineData("\"v\u007f\"", false)]
    [InlineData("*", false)]
    [InlineData("", false)]
    [InlineData("  ", false)]
    [InlineData(null, false)]
    public void A_tag_is_strong_when_it_is_not_weak_and_can_be_sent_back(string? tag, bool expected) =>
        Assert.Equal(expected, EntityTag.IsStrong(tag));

    [Theory]
    [InlineData("a strong tag needs no date", Known.Tag, null, 0, true)]
    [InlineData("a strong tag beside a young date", Known.Tag, Known.Date, 0, true)]
    [InlineData("a date 60 s old", null, Known.Date, 60, true)]
    [InlineData("a date 59 s old", null, Known.Date, 59, false)]
    [InlineData("a date from the future", null, Known.Date, -600, false)]
    [InlineData("a weak tag forbids the date", "W/\"v1\"", Known.Date, 3600, false)]
    [InlineData("a tag that cannot be sent forbids the date too", "\"caf\u00e9\"", Known.Date, 3600, false)]
    [InlineData("an empty tag forbids the date too", "", Known.Date, 3600, false)]
    [InlineData("a date that is none", null, "yesterday", 3600, false)]
    [InlineData("nothing at all", null, null, 3600, false)]
    public void Validators_are_strong(string why, string? tag, string? date, int age, bool expected)
    {
        var answered = HttpDate.Read(Known.Date)!.Value.AddSeconds(age);
        var representation = Known.Representation with { Validator = new() { EntityTag = tag, LastModified = date }, Date = answered };
        Assert.True(Strength.IsStrong(representation, TimeSpan.FromSeconds(60)) == expected, why);
    }

    [Fact]
    public void The_margin_of_a_date_is_the_callers()
    {
        var second = Known.Representation with { Validator = new() { LastModified = Known.Date }, Date = HttpDate.Read(Known.Date)!.Value.AddSeconds(1) };
        Assert.True(Strength.IsStrong(second, TimeSpan.FromSeconds(1)));
        Assert.False(Strength.IsStrong(second, TimeSpan.FromSeconds(2)));
    }

    public static TheoryData<string, string?, string?, string?, string?, string> Pairs => new()
    {
        { "tag and date agree", "a", "d", "a", "d", "Same" },
        { "the tag agrees, the date is not repeated", "a", "d", "a", null, "Same" },
        { "the tag agrees, no date was noted", "a", null, "a", "d", "Same" },
        { "the tag agrees, the date does not", "a", "d", "a", "e", "SameTagOtherDate" },
        { "the tag differs", "a", "d", "b", "d", "Different" },
        { "the tag differs in its case only", "a", null, "A", null, "Different" },
        { "the tag differs in its strength only", "\"a\"", null, "W/\"a\"", null, "Different" },
        { "a tag appears", null, "d", "a", "d", "Different" },
        { "the tag is not repeated, the date agrees", "a", "d", null, "d", "Same" },
        { "the tag is not repeated, the date differs", "a", "d", null, "e", "Different" },
        { "nothing is repeated", "a", "d", null, null, "Unknown" },
        { "a date of another form is another text", null, "Mon, 01 Jan 2024 00:00:00 GMT", null, "Monday, 01-Jan-24 00:00:00 GMT", "Different" },
        { "nothing was noted", null, null, null, null, "Unknown" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Two_answers_agree(string why, string? keptTag, string? keptDate, string? tag, string? date, string expected)
    {
        var agreement = Identity.Compare(new() { EntityTag = keptTag, LastModified = keptDate }, new() { EntityTag = tag, LastModified = date }, isDateStrong: true);
        Assert.Equal($"{why}: {expected}", $"{why}: {agreement}");
    }

    [Theory]
    [InlineData(Known.Date, "Tue, 02 Jan 2024 00:00:00 GMT", true)]
    [InlineData("Tue, 02 Jan 2024 00:00:00 GMT", Known.Date, false)]
    [InlineData(Known.Date, Known.Date, false)]
    [InlineData(Known.Date, "Monday, 01-Jan-24 00:00:00 GMT", false)]
    [InlineData(Known.Date, null, false)]
    [InlineData(null, Known.Date, false)]
    [InlineData("yesterday", Known.Date, false)]
    public void A_version_is_newer_when_its_date_is_later(string? former, string? date, bool expected) => Assert.Equal(
        expected,
        Identity.IsNewer(Known.Representation with { Validator = new() { LastModified = former } }, Known.Representation with { Validator = new() { LastModified = date } }));

    /// <summary>A file that was written within the minute may have been written twice in it.</summary>
    [Fact]
    public void A_young_date_proves_nothing_in_place_of_a_tag()
    {
        Validator kept = new() { EntityTag = "a", LastModified = "d" };
        Assert.Equal(Agreement.Unknown, Identity.Compare(kept, new() { LastModified = "d" }, isDateStrong: false));
        Assert.Equal(Agreement.Same, Identity.Compare(kept, new() { EntityTag = "a", LastModified = "d" }, isDateStrong: false));
    }
}
