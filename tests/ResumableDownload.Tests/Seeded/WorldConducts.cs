using System.Globalization;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Seeded;

/// <summary>A request to which something is to happen.</summary>
/// <param name="Request">The request.</param>
/// <param name="Best">How it would be answered otherwise.</param>
/// <param name="Versions">What there is.</param>
/// <param name="Random">Where its chances come from.</param>
internal sealed record Case(SentRequest Request, Conduct Best, WorldVersions Versions, Random Random)
{
    public bool IsPartial => Request.Range is not null;

    public int Total => Best.Serves!.Content.Length;

    /// <summary>Where the answer would begin.</summary>
    public int Start => IsPartial && !Best.IgnoresRange ? int.Parse(Request.Range!["bytes=".Length..].Split('-')[0], CultureInfo.InvariantCulture) : 0;

    /// <summary>A place in the body, its ends more often than chance would have it.</summary>
    public int Place()
    {
        var length = Math.Max(0, Total - Start);
        return Random.Pick(0, 1, Math.Max(0, length - 1), Random.Next(length + 1), Random.Next(length + 1), Random.Next(length + 1));
    }
}

/// <summary>What each mischief does to an answer, and what failures that excuses. Lies that nobody could find out are not among them.</summary>
internal sealed class WorldConducts(WorldPlan plan)
{
    private static readonly ResourceVersion Page = new([.. "<html>Log in, please.</html>"u8], null);

    /// <summary>How the request is treated; <see langword="null"/> when this cannot happen to it.</summary>
    public (Conduct Conduct, Trouble Trouble)? Of(Mischief kind, Case of) =>
        OfConnection(kind, of) ?? OfRefusal(kind, of) ?? OfRange(kind, of) ?? OfBody(kind, of) ?? OfVersion(kind, of);

    private static (Conduct, Trouble)? OfConnection(Mischief kind, Case of) => kind switch
    {
        Mischief.Cut => (of.Best with { CutAfter = of.Place() }, Trouble.Network),
        Mischief.Reset => (of.Best with { Fails = new HttpRequestException(HttpRequestError.ConnectionError, "The connection broke.") }, Trouble.Network),
        Mischief.Stall => (of.Best with { StallAfter = of.Place(), BreaksWhenCancelled = of.Random.Chance(0.5) }, Trouble.Network),
        Mischief.Silence => (of.Best with { NeverAnswers = true }, Trouble.Network),
        Mischief.Late => (of.Best with { AnswersAfter = of.Random.Seconds(40) }, Trouble.Network),
        Mischief.NoName => (of.Best with { Fails = new HttpRequestException(HttpRequestError.NameResolutionError, "No such host is known.") }, Trouble.NoName),
        Mischief.Redirect => (To($"https://mirror{of.Random.Next(3)}.test{of.Request.Address.PathAndQuery}", of), Trouble.Redirect),
        Mischief.BadRedirect => (To(of.Random.Pick(of.Request.Address.AbsoluteUri, "http://origin.test/plain", "ftp://origin.test/file", ""), of), Trouble.Redirect),
        _ => null,
    };

    private static (Conduct, Trouble)? OfRefusal(Mischief kind, Case of) => kind switch
    {
        Mischief.Busy => (Busy(of), Trouble.Busy),
        Mischief.Denied => (of.Best with { Status = of.Random.Pick(401, 403) }, Trouble.Denied),
        Mischief.Missing => (of.Best with { Status = of.Random.Pick(404, 410) }, Trouble.Missing),
        Mischief.Refused => (of.Best with { Status = of.Random.Pick(400, 405, 418, 501) }, Trouble.Refused),
        Mischief.Unsatisfiable => (of.Best with { Status = 416 }, Trouble.Refused | Trouble.NoRanges),
        Mischief.FailedCondition => (of.Best with { Status = 412 }, Trouble.Refused | Trouble.Changed),
        Mischief.Unmodified => (of.Best with { Status = 304 }, Trouble.Odd),
        _ => null,
    };

    private static (Conduct, Trouble)? OfRange(Mischief kind, Case of) => !of.IsPartial ? null : kind switch
    {
        Mischief.Whole => (of.Best with { IgnoresRange = true }, Trouble.NoRanges),
        Mischief.NoConditions => (of.Best with { IgnoresConditions = true }, Trouble.Odd),
        Mischief.Shifted => (of.Best with { Shifts = of.Random.Pick(-of.Start, -1, 1, of.Random.Next(-2000, 2000)) }, Trouble.Odd | Trouble.NoRanges),
        Mischief.Shortened => (of.Best with { Shortens = of.Place() }, Trouble.Odd | Trouble.NoRanges),
        Mischief.OddRange => (of.Best with { SaysRange = of.Random.Pick("", "bytes", $"bytes {of.Start}-", $"bytes 0-0/{of.Total}", $"bytes {of.Start}-{of.Total - 1}/{of.Total + 10}") }, Trouble.Odd | Trouble.NoRanges | Trouble.Changed),
        Mischief.Multipart => (of.Best with { ContentType = "multipart/byteranges; boundary=x" }, Trouble.Odd | Trouble.NoRanges),
        Mischief.Misnamed => (of.Best with { SaysStatus = 200 }, Trouble.Odd | Trouble.NoRanges),
        Mischief.Page => (of.Best with { Serves = Page, IgnoresRange = true, IgnoresConditions = true, ContentType = "text/html", IsChunked = false, Headers = [] }, Trouble.Page),
        _ => null,
    };

    private static (Conduct, Trouble)? OfBody(Mischief kind, Case of) => kind switch
    {
        Mischief.Short when !of.Best.IsChunked => (of.Best with { EndsAfter = of.Place() }, Trouble.Network),
        Mischief.Unasked when !of.IsPartial => (of.Best with { SaysStatus = 206, SaysRange = of.Random.Pick("", $"bytes 0-{of.Total - 1}/{of.Total}", $"bytes 1-{of.Total - 1}/{of.Total}") }, Trouble.Odd),
        Mischief.WrongLength when !of.Best.IsChunked => (of.Best with { Announces = of.Total - of.Start + of.Random.Next(1, 1000) }, Trouble.Odd | Trouble.Network | Trouble.Changed | Trouble.NoRanges),
        Mischief.Excess => (of.Best with { Excess = of.Random.Next(1, 3000), Announces = of.Total - of.Start, IsChunked = false }, Trouble.Odd),
        Mischief.Unmarked => (of.Best with { HidesLength = true, IsChunked = false, EndsAfter = of.Random.Chance(0.5) ? of.Place() : null }, Trouble.Unmarked | Trouble.Network | Trouble.NoRanges),
        Mischief.Coded => (of.Best with { Headers = [.. of.Best.Headers, ("Content-Encoding", "gzip")] }, Trouble.Coded | Trouble.NoRanges),
        _ => null,
    };

    private (Conduct, Trouble)? OfVersion(Mischief kind, Case of) => kind switch
    {
        Mischief.NoTag => (of.Best with { HidesTag = true }, Trouble.Validators),
        Mischief.NoDate => (of.Best with { HidesDate = true }, Trouble.Validators),
        Mischief.NoValidators => (of.Best with { HidesTag = true, HidesDate = true }, Trouble.Validators),
        Mischief.Stale => (of.Best with { Serves = of.Versions.Former, Headers = plan.AtBest.Headers }, Trouble.Changed),
        Mischief.WrongDigest => (of.Best with { Headers = [.. plan.AtBest.Headers, ("Repr-Digest", of.Versions.ReprDigestOf(Page))] }, Trouble.Digest | Trouble.Changed),
        Mischief.Spliced => (of.Best with { Serves = Spliced(of) }, Trouble.Digest | Trouble.Changed),
        _ => null,
    };

    private static Conduct To(string location, Case of) => of.Best with { Status = of.Random.Pick(302, 307, 308), Headers = location.Length == 0 ? [] : [("Location", location)] };

    private static Conduct Busy(Case of) => of.Best with
    {
        Status = of.Random.Pick(500, 502, 503, 504, 429, 408),
        Headers = of.Random.Chance(0.5) ? [("Retry-After", of.Random.Pick(0, 1, 5, 300, 5000).ToString(CultureInfo.InvariantCulture))] : [],
    };

    // The name of one version, the beginning of another.
    private static ResourceVersion Spliced(Case of)
    {
        var (now, former) = (of.Versions.Current, of.Versions.Former);
        var content = now.Content.ToArray();
        former.Content.AsSpan(0, Math.Min(Math.Min(former.Content.Length, content.Length), of.Start + of.Place())).CopyTo(content);
        return now with { Content = content };
    }
}
