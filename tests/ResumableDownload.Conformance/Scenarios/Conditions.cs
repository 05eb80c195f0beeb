using static ResumableDownload.Conformance.Allowed;
using static ResumableDownload.Conformance.Moves;

namespace ResumableDownload.Conformance;

/// <summary>Conditions are ignored, disliked or answered in a way of the server's own.</summary>
internal static class Conditions
{
    private const int Length = Scenario.Length;
    private const string OnThe206 = "RFC 9110, 15.3.7: the 206 bears the validators of what it is a part of; those tell.";

    public static IEnumerable<Scenario> All =>
    [
        Changed("If-Range ignored: a 206 of the new file with its tag", Version(2), OnThe206, new() { IgnoresIfRange = true }),
        Changed("If-Range and If-Match ignored: a 206 of the new file with its tag", Version(2), OnThe206, Deaf),
        Changed("If-Range and If-Match ignored: same length, another date, no tag", Dated(2), OnThe206, Deaf, Dated(1)),
        Changed("If-Range and If-Match ignored: another date, the tag is gone", Dated(2), OnThe206, Deaf),
        Changed("If-Range and If-Match ignored: tag and date are gone", Nameless(2), "RFC 9110, 15.3.7: a 206 without validators cannot be combined.", Deaf),
        Changed("If-Range and If-Match ignored: weak tags", Tagged(2, "W/\"v2\""), "RFC 9110, 15.3.7.3: weak tags do not allow to combine parts.", Deaf, Tagged(1, "W/\"v1\"")),
        Changed("If-Range and If-Match ignored: the tag became weak", Tagged(2, "W/\"v1\""), "RFC 9110, 8.8.3.2: strong comparison.", Deaf),
        Changed("If-Range and If-Match ignored: grown", Version(2, 2 * Length), OnThe206, Deaf),
        Changed("If-Range and If-Match ignored: shrunk", Version(2, 500 * 1024), OnThe206, Deaf),
        Changed("If-Range and If-Match ignored: shrunk below what is kept", Version(2, 200 * 1024), "RFC 9110, 15.5.17: 416 tells another total.", Deaf),
        Changed("If-Range and If-Match ignored: exactly as long as what is kept", Version(2, Scenario.Kept), "RFC 9110, 15.5.17: 416 tells another total.", Deaf),
        Changed("If-Range and If-Match ignored: emptied", Version(2, 0), "RFC 9110, 15.5.17: 416 tells another total.", Deaf),
        Changed("If-Range and If-Match ignored: rolled back, dates and no tags", Dated(1), OnThe206, Deaf, Dated(2)),
        Changed("If-Range and If-Match ignored: neither tag nor date, same length", Nameless(2), "Nothing in HTTP tells the versions apart; only asking for the whole is safe.", Deaf, Nameless(1), MayFail),
        Changed("If-Range and If-Match ignored: unchanged", Version(1), OnThe206, Deaf),
        Changed("an older file passes for the date in If-Range (compared with >=)", Dated(1), OnThe206, new() { IgnoresIfRange = true }, Dated(2)),
        new("an object store that ignores If-Range: changed, 412 with XML to If-Match", MustFinish, OnThe206)
        {
            Beginning = Store,
            Change = stage =>
            {
                stage.Becomes(Version(2));
                stage.Origin.Otherwise = Store;
            },
        },
        new("an object store that ignores If-Range: unchanged", MustFinish, OnThe206) { Beginning = Store, Change = stage => stage.Origin.Otherwise = Store },
        new("an object store: shrunk below what is kept, the range beyond the end brings the whole", MustFinish, "RFC 9110, 15.3.1: a 200 is the whole.")
        {
            Beginning = Store,
            Change = stage =>
            {
                stage.Becomes(Version(2, 200 * 1024));
                stage.Origin.Otherwise = Store with { IgnoresRange = true };
            },
        },
        new("an object store that answers each If-Match with 412, unchanged", MustFinish, "RFC 9110, 13.1.1: after a 412 the whole may be asked for without a condition.")
        {
            Beginning = Store,
            Change = stage => stage.Origin.Otherwise = Store with { Twist = (request, answer) => request.IfMatch is null ? Bearing(answer) : Bearing(Xml(412, "PreconditionFailed")) },
        },
        new("a 400 to If-Range, unchanged", MayFail, "RFC 9110, 14.2: a server that dislikes Range or If-Range is to ignore it.")
        {
            Change = stage => stage.ToRanges((request, answer) => request.IfRange is null ? answer : new Answer(400, default)),
        },
        new("a 400 to every range, unchanged", MayFail, "RFC 9110, 14.2: a server that dislikes Range is to ignore it.") { Change = stage => stage.ToRanges(_ => new Answer(400, default)) },
        new("a 412 to every range, changed", MustFinish, "RFC 9110, 15.5.13: the condition failed; the whole may be asked for without one.")
        {
            Change = stage =>
            {
                stage.Becomes(Version(2));
                stage.ToRanges(_ => Xml(412, "PreconditionFailed"));
            },
        },
        new("a 304 to every range, changed", MayFail, "RFC 9110, 15.4.5: nobody asked whether it was modified.")
        {
            Change = stage =>
            {
                stage.Becomes(Version(2));
                stage.ToRanges(_ => new Answer(304, default).With("ETag", stage.Origin.Resource.EntityTag));
            },
        },
    ];

    private static Conduct Deaf { get; } = new() { IgnoresIfRange = true, IgnoresIfMatch = true };

    private static Conduct Store { get; } = new() { IgnoresIfRange = true, Twist = (_, answer) => Bearing(answer.Status == 412 ? Xml(412, "PreconditionFailed") : answer) };

    private static Answer Bearing(Answer answer) => answer.With("Server", "AliyunOSS").With("x-oss-request-id", "655C4A5B0C8E6D3337D5B2A1");

    private static Resource Version(int number, int length = Length) => Resource.Version(number, length);

    private static Scenario Changed(string name, Resource after, string why, Conduct then, Resource? before = null, Allowed allowed = MustFinish) => new(name, allowed, why)
    {
        Before = before ?? Version(1),
        Change = stage =>
        {
            stage.Becomes(after);
            stage.Origin.Otherwise = then;
        },
    };
}
