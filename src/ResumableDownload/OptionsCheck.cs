using Microsoft.Extensions.Options;

namespace ResumableDownload;

/// <summary>Checks options, and names all faults together: those of single options, which their attributes tell, and those of options that do not go together.</summary>
internal sealed class OptionsCheck : IValidateOptions<ResumableDownloadOptions>
{
    private static readonly OptionRanges Ranges = new();

    /// <exception cref="ArgumentException">One or more options are out of range.</exception>
    public static void ThrowIfInvalid(ResumableDownloadOptions options)
    {
        var faults = Faults(options).ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException($"The options are not valid: {string.Join("; ", faults)}.", nameof(options));
        }
    }

    public ValidateOptionsResult Validate(string? name, ResumableDownloadOptions options) =>
        Faults(options).ToArray() is { Length: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;

    private static IEnumerable<string> Faults(ResumableDownloadOptions options)
    {
        string?[] relations =
        [
            options.RetryDelay > options.MaxRetryDelay ? $"{nameof(options.RetryDelay)} ({options.RetryDelay}) is longer than {nameof(options.MaxRetryDelay)} ({options.MaxRetryDelay})" : null,
            options is { ConfigureResilience: not null, ResiliencePipeline: not null } ? $"{nameof(options.ConfigureResilience)} adds to the retries that {nameof(options.ResiliencePipeline)} replaces" : null,
        ];
        return [.. Ranges.Validate(null, options).Failures ?? [], .. relations.OfType<string>()];
    }
}
