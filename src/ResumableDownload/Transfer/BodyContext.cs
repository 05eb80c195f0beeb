using ResumableDownload.Storage;

namespace ResumableDownload.Transfer;

/// <summary>What the bodies of one run share.</summary>
internal sealed record BodyContext(PartialFile Partial, TransferSettings Settings, Tally Tally, ProgressMeter Progress, TimeProvider Time);
