using System.Collections.Immutable;

namespace ResumableDownload.Model;

/// <summary>One version of a resource, as the answer that began it described it.</summary>
/// <param name="Validator">The raw validators.</param>
/// <param name="Date">When the answer was made: its <c>Date</c>, or else when it arrived (RFC 9110, section 6.6.1).</param>
/// <param name="Length">The whole length in bytes, when it was told.</param>
/// <param name="ContentType">The media type without parameters, when it was told.</param>
internal sealed record Representation(Validator Validator, DateTimeOffset Date, long? Length, string? ContentType)
{
    /// <summary>The safe name that the answer gave the file, if it gave one.</summary>
    public string? FileName { get; init; }

    /// <summary>What the server stated of the whole file's digests.</summary>
    public ImmutableArray<OfferedDigest> Digests { get; init; } = [];

    /// <summary>The length of the whole resource, if it was told, where this is of a part of it: another length is another version.</summary>
    public long? ResourceLength { get; init; }

    private (Validator, DateTimeOffset, long?, string?, string?, long?) Told => (Validator, Date, Length, ContentType, FileName, ResourceLength);

    /// <summary>By value, the list of digests included.</summary>
    public bool Equals(Representation? other) => other is not null && Told == other.Told && Digests.SequenceEqual(other.Digests);

    public override int GetHashCode() => Told.GetHashCode();
}
