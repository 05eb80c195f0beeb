namespace ResumableDownload.Tests.Protocol;

/// <summary>The rows of the decision table that speak of object stores, signed addresses and their end. What is kept stays in each.</summary>
internal static class StoreTable
{
    private const string V1 = "ETag: \"v1\"; Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT";

    public static TheoryData<string, string, string, string> Addresses => new()
    {
        { "refused, for no reason given", "F", "403", "RefreshUri Refused, else AccessDenied" },
        { "refused, and the address has no time to be over", "R signed", "403", "RefreshUri Refused, else AccessDenied" },
        { "refused, while the address had time left", "R signed=1", "403", "RefreshUri Refused, else AccessDenied" },
        { "refused, at the very end of its time", "R signed=0", "403", "RefreshUri Refused, else Expired" },
        { "refused, long after its time", "F signed=-3600", "403", "RefreshUri Refused, else Expired" },
        { "unknown, after its time", "M signed=-1", "401", "RefreshUri Refused, else Expired" },
        { "unknown, with time left", "M signed=1", "401", "RefreshUri Refused, else AccessDenied" },
        { "nothing there, says a store to a stranger", "R signed", "404", "RefreshUri NotFound, else NotFound" },
        { "nothing there any more, says a store to a stranger", "F signed=60", "410", "RefreshUri NotFound, else NotFound" },
        { "nothing there, and no signature that a fresh one could mend", "M", "404", "GiveUp NotFound" },
        { "nothing there, with a store's document", "F", "404; Error: NoSuchKey/The specified key does not exist.", "GiveUp NotFound" },
        { "a bad request stays one, signed or not", "F signed=-60", "400", "GiveUp Refused" },
        { "another refusal stays one, signed or not", "F signed=-60", "451", "GiveUp Refused" },
        { "an answer in time is an answer", "F signed=-60", "200; Content-Length: 100", "WriteAt 0-100 of 100" },
    };

    public static TheoryData<string, string, string, string> Documents => new()
    {
        { "Alibaba says so in words", "R", "403; Error: AccessDenied/Request has expired.", "RefreshUri Refused, else Expired" },
        { "Amazon says so in words", "F", "403; Error: AccessDenied/Request has expired", "RefreshUri Refused, else Expired" },
        { "a token says so in its code", "R", "403; Error: SecurityTokenExpired/The security token you provided has expired.", "RefreshUri Refused, else Expired" },
        { "Google says so with a 400", "R", "400; Error: ExpiredToken/The provided token has expired.", "RefreshUri Refused, else Expired" },
        { "Google says so with a 400 at first", "F", "400; Error: ExpiredToken", "RefreshUri Refused, else Expired" },
        { "Azure says nothing of time, but the address does", "R signed=-1", "403; Error: AuthenticationFailed/Server failed to authenticate the request.", "RefreshUri Refused, else Expired" },
        { "a wrong signature", "R signed=60", "403; Error: SignatureDoesNotMatch/The request signature we calculated does not match.", "RefreshUri Refused, else AccessDenied" },
        { "an archived object is not there for any address", "R signed=-60", "403; Error: InvalidObjectState/The operation is not valid for the object's state.", "GiveUp AccessDenied" },
        { "a store may be busy with a 403", "R signed=-60", "403; Error: RequestTimeTooSkewed", "RetryLater ServerUnavailable" },
        { "a store may be busy with a 400", "R", "400; Error: RequestTimeout/Your socket connection was not read from.", "RetryLater ServerUnavailable" },
        { "a store may be busy with a 403, and say for how long", "F", "403; Error: QpsLimitExceeded; Retry-After: 9", "RetryLater ServerUnavailable after 00:00:09" },
        { "a store may be busy for too long", "F", "403; Error: SlowDown; Retry-After: 601", "GiveUp ServerUnavailable until 2024-06-01 12:10:01Z" },
        { "a code is compared letter by letter", "F", "403; Error: slowdown", "RefreshUri Refused, else AccessDenied" },
        { "busy is busy, whatever the document says", "R", "503; Error: DownloadTrafficRateLimitExceeded", "RetryLater ServerUnavailable" },
        { "busy is busy, whatever the document says of time", "R", "503; Error: AccessDenied/expired", "RetryLater ServerUnavailable" },
        { "a 400 that explains itself may still dislike the condition", "R", "400; Error: InvalidArgument", "AskAgain, no condition" },
        { "and again", "R odd=1", "400; Error: InvalidArgument", "StartOver RangeUnusable" },
        { "a 400 that explains itself, at first", "F", "400; Error: InvalidArgument", "GiveUp Refused" },
        { "a 412 is one with a document too", "M", "412; Error: PreconditionFailed", "StartOver Changed, after 412" },
    };

    public static TheoryData<string, string, string, string> Ends => new()
    {
        { "Amazon tells the length in its document: no ranges here", "R", "416; Size: 100", "StartOver RangeUnusable | NoRanges" },
        { "Amazon tells another length in its document: changed", "R", "416; Size: 30", "StartOver Changed, other length" },
        { "the field counts before the document", "R", "416; Content-Range: bytes */100; Size: 30", "StartOver RangeUnusable | NoRanges" },
        { "a field that is none leaves it to the document", "R", "416; Content-Range: bytes */x; Size: 30", "StartOver Changed, other length" },
        { "the end, found by a document with our tag", "R no-total", "416; Size: 40; " + V1, "AlreadyComplete 40" },
        { "the end, found by a document, vouched for by If-Match", "M no-total", "416; Size: 40", "AlreadyComplete 40" },
        { "the end, and the caller's digest will tell", "R no-total digest", "416; Content-Range: bytes */40", "AlreadyComplete 40" },
        { "the end, and the caller's digest will tell whatever the tag", "R no-total digest", "416; Content-Range: bytes */40; ETag: \"v2\"", "AlreadyComplete 40" },
        { "the end, but not the expected one, whatever the digest", "R no-total digest expect=41", "416; Content-Range: bytes */40", "GiveUp LengthMismatch" },
        { "the end, but too far, whatever the digest", "R no-total digest most=39", "416; Content-Range: bytes */40", "GiveUp TooLong" },
        { "the end before what is kept, whatever the digest", "R no-total digest", "416; Content-Range: bytes */39", "StartOver Changed" },
        { "the end after what is kept, whatever the digest", "R no-total digest", "416; Content-Range: bytes */41", "StartOver RangeUnusable | NoRanges" },
        { "the end, vouched for by If-Unmodified-Since", "M no-total date-only", "416; Content-Range: bytes */40", "AlreadyComplete 40" },
        { "an empty file now", "R", "416; Content-Range: bytes */0", "StartOver Changed, other length" },
    };
}
