using System.Globalization;
using static ResumableDownload.Conformance.Allowed;
using static ResumableDownload.Conformance.Moves;

namespace ResumableDownload.Conformance;

/// <summary>The file is another one when the download goes on, and the server obeys HTTP.</summary>
internal static class Changed
{
    private const int Length = Scenario.Length;
    private const string ByTag = "RFC 9110, 13.1.5: If-Range with the old tag brings the new version whole.";
    private const string ByDate = "RFC 9110, 13.1.5: If-Range with the old date, which is strong, brings the new version whole.";
    private const string Weak = "RFC 9110, 13.1.5: no legal If-Range; the whole is served to a plain request.";
    private const string Unknowable = "Nothing in HTTP tells the versions apart; only asking for the whole is safe.";

    public static IEnumerable<Scenario> All =>
    [
        To("changed: same length, another strong tag", Resource.Version(2, Length), ByTag),
        To("changed: same length, another weak tag", Tagged(2, "W/\"v2\""), Weak, Tagged(1, "W/\"v1\"")),
        To("changed: same length, another date, no tag", Dated(2), ByDate, Dated(1)),
        To("changed: same length, neither tag nor date", Nameless(2), Unknowable, Nameless(1), MayFail),
        To("changed: grown", Resource.Version(2, 2 * Length), ByTag),
        To("changed: grown, another date, no tag", Dated(2, 2 * Length), ByDate, Dated(1)),
        To("changed: grown, neither tag nor date", Nameless(2, 2 * Length), "RFC 9110, 14.4: Content-Range tells another total.", Nameless(1), MayFail),
        To("changed: appended to, the beginning stays", Appended, ByTag),
        To("changed: shrunk, still longer than what is kept", Resource.Version(2, 500 * 1024), ByTag),
        To("changed: shrunk, neither tag nor date", Nameless(2, 500 * 1024), "RFC 9110, 14.4: Content-Range tells another total.", Nameless(1), MayFail),
        To("changed: shrunk below what is kept", Resource.Version(2, 200 * 1024), ByTag),
        To("changed: shrunk below what is kept, neither tag nor date", Nameless(2, 200 * 1024), "RFC 9110, 15.5.17: 416 tells that there is no such range.", Nameless(1), MayFail),
        To("changed: exactly as long as what is kept", Resource.Version(2, Scenario.Kept), ByTag),
        To("changed: exactly as long as what is kept, another date, no tag", Dated(2, Scenario.Kept), ByDate, Dated(1)),
        To("changed: emptied", Resource.Version(2, 0), ByTag),
        To("changed: down to one byte", Resource.Version(2, 1), ByTag),
        To("changed: rolled back to an older file", Resource.Version(1, Length), ByTag, Resource.Version(2, Length)),
        To("changed: rolled back to an older file, dates and no tags", Dated(1), ByDate, Dated(2)),
        To("changed: the tag is gone", Dated(2), ByTag),
        To("changed: a tag has appeared", Resource.Version(2, Length), ByDate, Dated(1)),
        To("changed: tag and date are gone", Nameless(2), ByTag),
        To("changed: the tag became weak", Tagged(2, "W/\"v1\""), ByTag),
        To("changed: the tags differ in case only", Tagged(2, "\"V1\""), "RFC 9110, 8.8.3: a tag is compared character by character."),
        To("changed: the date is a day ahead of the clock", Future(2), "RFC 9110, 8.8.2.1: such a date proves nothing; the whole is served to a plain request.", Future(1)),
        new("changed: within the second that its date was read in, no tag", MustFinish, "RFC 9110, 8.8.2.2: the date is weak, being as new as the answer.")
        {
            Prepare = stage => stage.Becomes(Dated(1) with { LastModified = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture) }),
            Change = stage => stage.Becomes(Dated(2) with { LastModified = stage.Origin.Resource.LastModified }),
        },
        To("unchanged bytes, another tag", Resource.Version(1, Length) with { EntityTag = "\"node-b\"" }, ByTag),
        To("changed: another type, the tag moved with it", Resource.Version(2, Length) with { ContentType = "text/plain" }, ByTag),
        new("changed: again while the second run is under way", MustFinish, ByTag)
        {
            Change = stage =>
            {
                stage.Becomes(Resource.Version(2, Length));
                stage.First(Conduct.CutAt(Scenario.Kept));
                stage.IsAlso(Resource.Version(3, Length).Bytes);
                stage.Origin.Otherwise = new Conduct { First = () => stage.Origin.Resource = Resource.Version(3, Length) };
            },
        },
        new("changed: cut again at 500 KiB, then changed in the second run", MustFinish, ByTag)
        {
            Change = stage =>
            {
                stage.First(Conduct.CutAt(200 * 1024));
                stage.IsAlso(Resource.Version(2, Length).Bytes);
                stage.Origin.Otherwise = new Conduct { First = () => stage.Origin.Resource = Resource.Version(2, Length) };
            },
        },
        new("changed: twice, with an interruption after each", MustFinish, ByTag)
        {
            Targets = ["/file.bin", "/file.bin", "/file.bin"],
            Change = stage =>
            {
                stage.Becomes(Resource.Version(2, Length));
                stage.CutAt(400 * 1024, Ending.Close, Conduct.Serve);
            },
            ChangeAgain = stage => stage.Becomes(Resource.Version(3, Length)),
        },
    ];

    private static Resource Appended { get; } = Resource.Version(2, Length) with
    {
        Bytes = [.. Resource.Content(1, Length), .. Resource.Content(2, Length / 4)],
    };

    private static Scenario To(string name, Resource after, string why, Resource? before = null, Allowed allowed = MustFinish) => new(name, allowed, why)
    {
        Before = before ?? Resource.Version(1, Length),
        Change = stage => stage.Becomes(after),
    };

    private static Resource Future(int number) => Dated(number) with
    {
        LastModified = DateTimeOffset.UtcNow.AddDays(number).ToString("R", CultureInfo.InvariantCulture),
    };
}
