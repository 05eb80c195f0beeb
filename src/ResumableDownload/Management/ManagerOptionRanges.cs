using Microsoft.Extensions.Options;

namespace ResumableDownload.Management;

/// <summary>Holds each option of a manager against the attribute that states its range. Generated, so that trimming leaves it whole.</summary>
[OptionsValidator]
internal sealed partial class ManagerOptionRanges : IValidateOptions<DownloadManagerOptions>;
