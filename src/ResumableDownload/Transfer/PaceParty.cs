using ResumableDownload.Planning;

namespace ResumableDownload.Transfer;

/// <summary>One download among those that share a limit: its connections have one place together, and share what it is given.</summary>
/// <remarks>What changes is only touched while the pacer's gate is held.</remarks>
internal sealed class PaceParty(Pacer pacer)
{
    public Pacer Pacer => pacer;

    /// <summary>Its place among the downloads.</summary>
    internal PaceTurn Turn { get; set; }

    /// <summary>The count that its own connections are placed on.</summary>
    internal long Common { get; set; }

    /// <summary>How many connections it has.</summary>
    internal int Readers { get; set; }

    /// <summary>Begins to share, until what is returned is disposed. Cancelling ends each wait.</summary>
    public PaceShare Join(CancellationToken cancellationToken) => new(this, cancellationToken);
}
