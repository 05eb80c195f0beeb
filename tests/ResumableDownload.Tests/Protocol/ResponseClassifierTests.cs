using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

public sealed class ResponseClassifierTests
{
    [Theory]
    [MemberData(nameof(DecisionTable.WholeBodies), MemberType = typeof(DecisionTable))]
    [MemberData(nameof(DecisionTable.Parts), MemberType = typeof(DecisionTable))]
    [MemberData(nameof(RefusalTable.Refusals), MemberType = typeof(RefusalTable))]
    [MemberData(nameof(RefusalTable.Busy), MemberType = typeof(RefusalTable))]
    [MemberData(nameof(IdentityTable.Little), MemberType = typeof(IdentityTable))]
    [MemberData(nameof(IdentityTable.Evidence), MemberType = typeof(IdentityTable))]
    [MemberData(nameof(IdentityTable.Digests), MemberType = typeof(IdentityTable))]
    [MemberData(nameof(IdentityTable.Lengths), MemberType = typeof(IdentityTable))]
    [MemberData(nameof(IdentityTable.Since), MemberType = typeof(IdentityTable))]
    [MemberData(nameof(StoreTable.Addresses), MemberType = typeof(StoreTable))]
    [MemberData(nameof(StoreTable.Documents), MemberType = typeof(StoreTable))]
    [MemberData(nameof(StoreTable.Ends), MemberType = typeof(StoreTable))]
    public void An_answer_means(string why, string asked, string answered, string expected)
    {
        var decision = ResponseClassifier.Classify(Scene.Asked(asked), Scene.Answered(answered));
        Assert.Equal($"{why}: {expected}", $"{why}: {Scene.Told(decision)}");
    }

    // What a continuation is noted with must be what the kept bytes are of, not what a cluster's node said this time.
    [Fact]
    public void A_continuation_keeps_the_noted_validators()
    {
        var decision = ResponseClassifier.Classify(Scene.Asked("R"), Scene.Answered("206; Content-Range: bytes 40-99/100; ETag: \"v1\""));
        Assert.Equal(Known.Representation, Assert.IsType<ResponseDecision.WriteAt>(decision).Representation);
    }

    [Fact]
    public void A_new_version_is_noted_as_its_answer_described_it()
    {
        var decision = ResponseClassifier.Classify(Scene.Asked("R"), Scene.Answered("200; Content-Length: 7; ETag: v2; Content-Type: a/b"));
        var noted = Assert.IsType<ResponseDecision.WriteAt>(decision).Representation;
        Assert.Equal(("v2", null, 7L, "a/b", Known.Now), (noted.Validator.EntityTag, noted.Validator.LastModified, noted.Length, noted.ContentType, noted.Date));
    }

    [Theory]
    [InlineData(404, "The server answered 404 Not Found")]
    [InlineData(416, "The server answered 416 Requested Range Not Satisfiable")]
    [InlineData(204, "The server answered 204 No Content")]
    [InlineData(505, "The server answered 505 Http Version Not Supported")]
    [InlineData(418, "The server answered 418")]
    [InlineData(599, "The server answered 599")]
    public void A_status_is_told_as_people_read_it(int status, string expected) =>
        Assert.Equal(expected, ResponseClassifier.Told(status));
}
