namespace ResumableDownload;

/// <summary>Tells what network the machine has, and when it switches to another one.</summary>
/// <remarks>
/// <para>
/// The default one rests on what .NET knows of network interfaces: it tells <see cref="NetworkKind.None"/> from <see cref="NetworkKind.Unknown"/>, and
/// sees a switch in changed addresses. Where the platform knows more, as on phones, implement this interface. Members are called from any thread,
/// and <see cref="Current"/> often.
/// </para>
/// <para>
/// <see cref="NetworkKind.None"/> never forbids an attempt: a machine that has only its loopback may download from itself, and monitors are wrong at
/// times. It explains a failure, so that a download waits for a switch instead of wasting its retries. So who reports it owes the switch that ends it.
/// </para>
/// <para>
/// Android: <c>ConnectivityManager.registerDefaultNetworkCallback</c>. From <c>onLost</c> until the next <c>onAvailable</c> it is
/// <see cref="NetworkKind.None"/>; else <see cref="NetworkKind.Unmetered"/> if the capabilities have <c>NET_CAPABILITY_NOT_METERED</c> or
/// <c>NET_CAPABILITY_TEMPORARILY_NOT_METERED</c>, and <see cref="NetworkKind.Metered"/> if not. Each <c>onAvailable</c> and <c>onLost</c> is a switch;
/// <c>onCapabilitiesChanged</c> is one only when the kind becomes another, for it also comes with each change of the signal.
/// </para>
/// <para>
/// iOS, macOS: <c>NWPathMonitor</c>. A path that is <c>unsatisfied</c> is <see cref="NetworkKind.None"/>; one that <c>requiresConnection</c> is
/// <see cref="NetworkKind.Unknown"/>, because an attempt may bring it up; a satisfied one is <see cref="NetworkKind.Metered"/> if it <c>isExpensive</c>
/// or <c>isConstrained</c>, else <see cref="NetworkKind.Unmetered"/>. Each update of the path with other interfaces, gateways or another kind is a switch.
/// </para>
/// </remarks>
public interface INetworkMonitor
{
    /// <summary>Gets what is known now. It returns at once and throws nothing; <see cref="NetworkKind.Unknown"/> when in doubt.</summary>
    NetworkKind Current { get; }

    /// <summary>Tells of each switch. Any number may watch at once, and each is told of all switches from its first <c>MoveNextAsync</c> on; look at <see cref="Current"/> after that.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>
    /// The kind after each switch, also when it stays the same, as from one wireless network to another: connections that were made before are dead then,
    /// and what failed may work. Switches that follow each other closely may be told as one, but the last one is always told, and after it nothing older.
    /// A monitor that cannot tell yields nothing.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; thrown by the enumeration.</exception>
    IAsyncEnumerable<NetworkKind> WatchAsync(CancellationToken cancellationToken);
}
