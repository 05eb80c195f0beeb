using System.Collections.Immutable;
using ResumableDownload.Model;
using ResumableDownload.Protocol;

namespace ResumableDownload;

/// <summary>What to download, and where to. Immutable.</summary>
public sealed class DownloadRequest
{
    private readonly ImmutableArray<KeyValuePair<string, string>> _headers = [];
    private readonly ImmutableArray<string> _sharedHeaders = ["Accept", "Accept-Language", "User-Agent"];
    private readonly Validator? _ifChangedSince;
    private readonly long? _expectedLength;
    private readonly ByteRange? _range;
    private readonly string? _resourceKey;
    private readonly NetworkRequirement _network;

    /// <summary>Initializes a new instance of the <see cref="DownloadRequest"/> class.</summary>
    /// <param name="source">The absolute http or https address. Its query and user info are never logged or written to disk.</param>
    /// <param name="destination">
    /// The path of the file; or a folder, which is one that exists or a path that ends with a separator: then the file is named by <c>Content-Disposition</c> (RFC 6266),
    /// else by the address, made safe for Linux, macOS and Windows. Missing folders are created. Relative paths start at the current folder.
    /// </param>
    /// <exception cref="ArgumentException">The address is not an absolute http or https one, or the path is empty or not possible.</exception>
    public DownloadRequest(Uri source, string destination)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrWhiteSpace(destination);
        if (!WebAddress.Is(source))
        {
            throw new ArgumentException("The source must be an absolute http or https address.", nameof(source));
        }

        Source = source;
        Destination = Path.GetFullPath(destination);
    }

    /// <summary>Gets the address of the resource.</summary>
    public Uri Source { get; }

    /// <summary>Gets the full path of the file, or of the folder.</summary>
    public string Destination { get; }

    /// <summary>
    /// Gets header fields to send with every request. Each counts as secret, unless <see cref="SharedHeaders"/> names it: it goes to the source's own origin
    /// only, never to another one that a redirect names.
    /// </summary>
    /// <value>The default is none.</value>
    /// <exception cref="ArgumentException">A name or value cannot be sent, or is one that the protocol of resuming needs for itself.</exception>
    public IReadOnlyCollection<KeyValuePair<string, string>> Headers
    {
        get => _headers;
        init => _headers = CallerHeaders.Checked(value);
    }

    /// <summary>Gets the names of those <see cref="Headers"/> that are no secret, and go to any origin that a redirect names.</summary>
    /// <value>The default is Accept, Accept-Language and User-Agent. Authorization, Cookie and Proxy-Authorization are never shared.</value>
    /// <exception cref="ArgumentException">A name is one of those that are never shared.</exception>
    public IReadOnlyCollection<string> SharedHeaders
    {
        get => _sharedHeaders;
        init => _sharedHeaders = CallerHeaders.CheckedShared(value);
    }

    /// <summary>Gets the length that the file must have, in bytes.</summary>
    /// <value>The default is <see langword="null"/>: any. It also tells the end of a body whose length the server does not tell.</value>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="ArgumentException">It is not the length of the <see cref="Range"/>.</exception>
    public long? ExpectedLength
    {
        get => _expectedLength;
        init
        {
            _expectedLength = value is < 0 ? throw new ArgumentOutOfRangeException(nameof(value), value, "The expected length must not be negative.") : value;
            ThrowIfTorn();
        }
    }

    /// <summary>Gets the part of the resource to download: the file then holds only these bytes of it.</summary>
    /// <value>
    /// The default is <see langword="null"/>: the whole. Offsets are in bytes, and the end is exclusive. The file is treated like a resource of its own: it is resumed, and its
    /// length, <see cref="ExpectedDigest"/> and progress are those of the part; digests that the server states are of the whole resource, and are not used. Validators
    /// are those of the whole resource, <see cref="IfChangedSince"/> too: a change anywhere in it starts the part over. What is kept of another range, or of the whole, is
    /// never continued. A server that ignores ranges sends everything, and what comes before the range is fetched and dropped. A range that is not wholly inside the resource
    /// fails the download with <see cref="DownloadFailure.LengthMismatch"/>, one longer than <see cref="ResumableDownloadOptions.MaxLength"/> with <see cref="DownloadFailure.TooLong"/>.
    /// </value>
    /// <exception cref="ArgumentException">The range is empty, or has not the <see cref="ExpectedLength"/>.</exception>
    public ByteRange? Range
    {
        get => _range;
        init
        {
            _range = value is { IsEmpty: true } ? throw new ArgumentException("The range must not be empty.", nameof(value)) : value;
            ThrowIfTorn();
        }
    }

    /// <summary>Gets the digest that the whole file must have, as <c>Digest.Parse("sha-256:…")</c>.</summary>
    /// <value>
    /// The default is <see langword="null"/>. A CRC is proved by combining the journal's checksums, also across runs; another digest reads the file once, after the last
    /// byte. A file that has another digest never appears at the destination: the download fails with <see cref="DownloadFailure.DigestMismatch"/>.
    /// </value>
    public Digest? ExpectedDigest { get; init; }

    /// <summary>Gets a name for the resource, for addresses that change although the resource does not (mirrors, tokens in the path).</summary>
    /// <value>The default is <see langword="null"/>: the address without user info, fragment and the known parameters of signed addresses.</value>
    /// <exception cref="ArgumentException">The key is empty.</exception>
    public string? ResourceKey
    {
        get => _resourceKey;
        init => _resourceKey = value is null || value.Length > 0 ? value : throw new ArgumentException("A resource key must not be empty.", nameof(value));
    }

    /// <summary>Gets the version that is there already: that of an earlier <see cref="DownloadResult"/>, or <see cref="Validator.OfTime"/> the time of a file.</summary>
    /// <value>
    /// The default is <see langword="null"/>. With one, a download for which nothing is kept begins with <c>If-None-Match</c>, or <c>If-Modified-Since</c> when there is no
    /// tag (RFC 9110, sections 13.1.2 and 13.1.3), and ends as <see cref="DownloadStatus.NotModified"/> when the server answers 304. Whether a file is there
    /// is not looked at. The date of a file is worth something only if it is the server's own (<see cref="ResumableDownloadOptions.SetFileTime"/>).
    /// </value>
    /// <exception cref="ArgumentException">It holds neither tag nor date, or characters that cannot be sent.</exception>
    public Validator? IfChangedSince
    {
        get => _ifChangedSince;
        init => _ifChangedSince = CallerHeaders.Checked(value);
    }

    /// <summary>Gets a function that gives a fresh address when the present one is refused, or about to expire; <see langword="null"/> from it means that there is none.</summary>
    /// <value>
    /// The default is <see langword="null"/>: a refused address fails the download, and what came is kept. The fresh address must lead to the same resource; what is
    /// kept and its validators stay. It is called for 401 and 403, for 404 and 410 when the address looks signed, and once for each address ahead of the expiry that
    /// it tells (<c>Expires</c>, <c>X-Amz-Expires</c>, <c>X-Goog-Expires</c>, <c>x-oss-expires</c>, <c>q-sign-time</c>, <c>se</c>); never twice at the same time.
    /// When it fails, so does the download, with <see cref="DownloadFailure.RefreshFailed"/>, unless the present address still works. Secret <see cref="Headers"/> are not
    /// sent to a fresh address of another origin.
    /// </value>
    public Func<UriRefresh, CancellationToken, ValueTask<Uri?>>? RefreshUri { get; init; }

    /// <summary>Gets which networks the download may use. A download manager heeds it; a <see cref="ResumableDownloader"/> uses the network that is there.</summary>
    /// <value>
    /// The default is <see cref="NetworkRequirement.Any"/>. With <see cref="NetworkRequirement.UnmeteredOnly"/> it waits while the network is known to be metered; a network
    /// of which that is not known does not forbid it.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public NetworkRequirement Network
    {
        get => _network;
        init => _network = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The network requirement is no known value.");
    }

    /// <summary>Shows where from and where to, without query and user info.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{PublicAddress.Of(Source)}{(Range is { } range ? $" {range}" : "")} -> {Destination}";

    // Whichever is set last.
    private void ThrowIfTorn()
    {
        if (_range is { } range && _expectedLength is { } length && range.Length != length)
        {
            throw new ArgumentException($"The range {range} has {range.Length} bytes, and {length} are expected; leave the expected length out, or make them equal.");
        }
    }
}
