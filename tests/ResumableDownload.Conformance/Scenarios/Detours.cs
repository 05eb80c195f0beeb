using static ResumableDownload.Conformance.Allowed;
using static ResumableDownload.Conformance.Moves;

namespace ResumableDownload.Conformance;

/// <summary>Something or somewhere else answers: redirects, pages in place of the file, clusters whose nodes differ.</summary>
internal static class Detours
{
    private const int Length = Scenario.Length;
    private const string APage = "RFC 9110, 15.3.1: a 200 is the whole of what is there now, be it a page; never the rest of something else.";
    private const string Nothing = "No answer gives a representation of the file.";
    private const string Cluster = "RFC 9110, 8.8: nodes of one resource must agree on its validators; these do not.";

    private static readonly Resource Old = Resource.Version(1, Length);
    private static readonly Resource New = Resource.Version(2, Length);

    public static IEnumerable<Scenario> All =>
    [
        new("a redirect to another path, unchanged", MustFinish, "RFC 9110, 15.4: the range is asked for where the redirect leads.")
        {
            Change = stage => RedirectTo(stage, stage.Origin.UrlOf("/moved/file.bin").AbsoluteUri, Old),
        },
        new("a redirect to another path, changed", MustFinish, "RFC 9110, 13.1.5: the condition goes along the redirect.")
        {
            Change = stage => RedirectTo(stage, "/moved/file.bin", New),
        },
        new("a redirect to another origin, unchanged", MustFinish, "RFC 9110, 13.1.5: the condition goes along the redirect.")
        {
            Change = stage => stage.Origin.Otherwise = Conduct.RedirectTo(stage.Other.Url.AbsoluteUri, 307),
        },
        new("a redirect to another origin, changed", MustFinish, "RFC 9110, 13.1.5: the condition goes along the redirect.")
        {
            Change = stage =>
            {
                stage.Becomes(New);
                stage.Origin.Otherwise = Conduct.RedirectTo(stage.Other.Url.AbsoluteUri);
            },
        },
        new("a redirect to another origin that ignores If-Range, changed", MustFinish, "RFC 9110, 15.3.7: the 206 bears the validators of what it is a part of.")
        {
            Change = stage =>
            {
                stage.Becomes(New);
                stage.Other.Otherwise = new Conduct { IgnoresIfRange = true };
                stage.Origin.Otherwise = Conduct.RedirectTo(stage.Other.Url.AbsoluteUri);
            },
        },
        Always("a redirect to itself", stage => Conduct.RedirectTo("/file.bin")),
        Always("a redirect that leads further each time", stage => new Conduct { Twist = (request, _) => new Answer(302, default).With("Location", request.Target + "x") }),
        Always("a redirect to nowhere", stage => Conduct.Refuse(302)),
        Always("a redirect to a scheme that is not HTTP", stage => Conduct.RedirectTo("gopher://127.0.0.1:9/file.bin")),
        Always("a redirect to a port where nobody listens", stage => Conduct.RedirectTo("http://127.0.0.1:1/file.bin")),
        new("a page (200) in place of everything", MayFail, APage) { Change = stage => Paged(stage).ToAll(_ => Page()) },
        new("a page (200) in place of ranges", MayFail, APage) { Change = stage => Paged(stage).ToRanges(_ => Page()) },
        new("a page (200, chunked) twice, then the file", MayFail, APage)
        {
            Change = stage => Paged(stage).First(Conduct.Say(_ => Page() with { Framing = Framing.Chunked }), Conduct.Say(_ => Page() with { Framing = Framing.Chunked })),
        },
        new("a page (200) behind a redirect in place of everything", MayFail, APage)
        {
            Change = stage => Paged(stage).Origin.Otherwise = new Conduct
            {
                Twist = (request, _) => request.Path == "/login" ? Page() : new Answer(302, default).With("Location", "/login?from=file.bin"),
            },
        },
        new("a page as 206 in place of ranges", MayFail, "RFC 9110, 15.3.7: a 206 without validators, of another type, is no part of what is kept.")
        {
            Change = stage => stage.ToRanges((asked, answer) => answer with { Body = PageBytes.AsMemory(0, answer.Body.Length), Headers = answer.Headers.RemoveAll(IsValidator) }),
        },
        new("a page as 206 in place of ranges, with its type and nothing else", MayFail, "RFC 9110, 15.3.7: a 206 without Content-Range is no part of anything.")
        {
            Change = stage => stage.ToRanges(_ => Page(206)),
        },
        new("two versions in turn", MayFail, Cluster)
        {
            Change = stage =>
            {
                stage.IsAlso(New.Bytes);
                stage.Origin.Otherwise = new Conduct { First = () => stage.Origin.Resource = stage.Origin.Resource.EntityTag == Old.EntityTag ? New : Old };
            },
        },
        new("two versions in turn, If-Range ignored", MayFail, Cluster)
        {
            Change = stage =>
            {
                stage.IsAlso(New.Bytes);
                stage.Origin.Otherwise = new Conduct { IgnoresIfRange = true, First = () => stage.Origin.Resource = stage.Origin.Resource.EntityTag == Old.EntityTag ? New : Old };
            },
        },
        new("two nodes, one tag with two dates, the same bytes", MayFail, Cluster)
        {
            Change = stage => stage.Origin.Otherwise = new Conduct { First = () => stage.Origin.Resource = Old with { LastModified = Flip(stage.Origin.Resource.LastModified) } },
        },
        new("two nodes, two tags with one date, the same bytes", MayFail, Cluster)
        {
            Change = stage => stage.Origin.Otherwise = new Conduct { First = () => stage.Origin.Resource = Old with { EntityTag = stage.Origin.Resource.EntityTag == "\"v1\"" ? "\"n2\"" : "\"v1\"" } },
        },
        new("another version at every request, each cut", MustFail, Nothing)
        {
            Change = stage =>
            {
                var number = 1;
                stage.Origin.Otherwise = Conduct.CutAt(Scenario.Kept) with { First = () => stage.Origin.Resource = Resource.Version(++number, Length) };
            },
        },
        new("tags without quotes, unchanged", MustFinish, "RFC 9110, 8.8.3: no valid tag; the whole is served to a plain request.") { Before = Tagged(1, "v1") },
        new("tags without quotes, changed", MustFinish, "RFC 9110, 8.8.3: no valid tag; the whole is served to a plain request.") { Before = Tagged(1, "v1"), Change = stage => stage.Becomes(Tagged(2, "v2")) },
        new("two tags in the first answer, changed", MustFinish, "RFC 9110, 8.8.3: no valid tag; the whole is served to a plain request.")
        {
            Beginning = Conduct.Say(answer => answer.And("ETag", "\"v2\"")),
            Change = stage => stage.Becomes(New),
        },
        new("the tag is absent from the 206, the date is there", MustFinish, "The whole is served to a plain request at any time.")
        {
            Change = stage => stage.ToRanges(answer => answer.Status == 206 ? answer.With("ETag", null) : answer),
        },
    ];

    private static Scenario Always(string name, Func<Stage, Conduct> conduct) => new(name, MustFail, Nothing) { Change = stage => stage.Origin.Otherwise = conduct(stage) };

    private static void RedirectTo(Stage stage, string location, Resource there)
    {
        stage.Becomes(there);
        stage.Origin.Otherwise = new Conduct { Twist = (request, answer) => request.Path == "/file.bin" ? new Answer(302, default).With("Location", location) : answer };
    }

    private static Stage Paged(Stage stage)
    {
        stage.IsAlso(PageBytes);
        return stage;
    }

    private static bool IsValidator(KeyValuePair<string, string> header) => header.Key is "ETag" or "Last-Modified" or "Content-Type";

    private static string? Flip(string? date) => date == Resource.DateOf(1) ? Resource.DateOf(2) : Resource.DateOf(1);
}
