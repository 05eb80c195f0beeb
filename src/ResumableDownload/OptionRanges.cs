using Microsoft.Extensions.Options;

namespace ResumableDownload;

/// <summary>Holds each option against the attribute that states its range. Generated, so that trimming leaves it whole.</summary>
[OptionsValidator]
internal sealed partial class OptionRanges : IValidateOptions<ResumableDownloadOptions>;
