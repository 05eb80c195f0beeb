namespace ResumableDownload.Tests.Seeded;

/// <summary>What really befell a run. Only this excuses a failure.</summary>
[Flags]
internal enum Trouble
{
    None = 0,
    Network = 1 << 0,
    NoName = 1 << 1,
    Busy = 1 << 2,
    Denied = 1 << 3,
    Missing = 1 << 4,
    Refused = 1 << 5,
    Odd = 1 << 6,
    Unmarked = 1 << 7,
    Page = 1 << 8,
    Redirect = 1 << 9,
    Validators = 1 << 10,
    Changed = 1 << 11,
    Coded = 1 << 12,
    Digest = 1 << 13,
    Expired = 1 << 14,
    NoFreshAddress = 1 << 15,
    NoRanges = 1 << 16,
    DiskFull = 1 << 17,
    DiskBroken = 1 << 18,
    DiskForbidden = 1 << 19,
    DiskLocked = 1 << 20,
    Disk = DiskFull | DiskBroken | DiskForbidden | DiskLocked,
}
