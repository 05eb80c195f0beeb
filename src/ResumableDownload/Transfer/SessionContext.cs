using Microsoft.Extensions.Logging;
using ResumableDownload.Model;

namespace ResumableDownload.Transfer;

/// <summary>What one run works with.</summary>
/// <param name="Body">What its bodies share.</param>
/// <param name="Address">Where it asks.</param>
/// <param name="Memory">What earlier runs learned of origins.</param>
/// <param name="Logger">Where it logs.</param>
internal sealed record SessionContext(BodyContext Body, LiveAddress Address, OriginMemory Memory, ILogger Logger)
{
    /// <summary>The address as it may be shown.</summary>
    public string Source => PublicAddress.Of(Address.Current.Source);
}
