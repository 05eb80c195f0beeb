using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Seeded;

/// <summary>Which failures are honest after what happened.</summary>
internal static class Excuses
{
    public static bool IsExcused(DownloadFailure failure, Trouble seen, WorldPlan plan, Bench bench) => Asked(failure, bench) ?? (seen & For(failure, plan)) != 0;

    /// <summary>Failures that the caller asked for.</summary>
    private static bool? Asked(DownloadFailure failure, Bench bench) => failure switch
    {
        DownloadFailure.NotResumable => bench.Settings.Limits.WeakIdentity == WeakIdentity.Refuse,
        DownloadFailure.LengthMismatch => bench.Settings.Limits.ExpectedLength is not null,
        DownloadFailure.TooLong => bench.Settings.Limits.MaxLength is not null,
        DownloadFailure.DestinationExists => bench.Existing == ExistingDestination.Fail,
        _ => null,
    };

    private static Trouble For(DownloadFailure failure, WorldPlan plan) => failure switch
    {
        DownloadFailure.Connection => Trouble.Network,
        DownloadFailure.UnknownHost => Trouble.NoName,
        DownloadFailure.ServerUnavailable => Trouble.Busy,
        DownloadFailure.NotFound => Trouble.Missing,
        DownloadFailure.AccessDenied => Trouble.Denied | Trouble.Expired,
        DownloadFailure.Expired => Trouble.Expired | (plan.IsSigned ? Trouble.Denied : Trouble.None),
        DownloadFailure.RefreshFailed => plan.IsSigned ? Trouble.Denied | Trouble.Missing | Trouble.Expired : Trouble.None,
        DownloadFailure.Refused => Trouble.Refused,
        DownloadFailure.RedirectRefused => Trouble.Redirect,
        DownloadFailure.ProtocolViolation => Trouble.Odd | Trouble.Validators,
        DownloadFailure.UnexpectedCoding => Trouble.Coded,
        DownloadFailure.Intercepted => Trouble.Page,
        DownloadFailure.SourceUnstable => Trouble.Changed | Trouble.NoRanges | Trouble.Validators | Trouble.Odd | Trouble.Digest | (plan.IsPlain ? Trouble.None : Trouble.Network | Trouble.NoName | Trouble.Busy),
        DownloadFailure.DigestMismatch => Trouble.Digest | (plan.TellsDigest ? Trouble.Changed : Trouble.None),
        DownloadFailure.LengthUnknown => Trouble.Unmarked,
        DownloadFailure.InUse => Trouble.DiskLocked,
        DownloadFailure.DestinationUnusable => Trouble.DiskForbidden,
        DownloadFailure.DiskFull => Trouble.DiskFull,
        DownloadFailure.Storage => Trouble.DiskBroken,
        _ => Trouble.None,
    };
}
