using System.Net;
using System.Net.Sockets;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.Http;

/// <summary>
/// Which hosts collectors and webhooks may reach. Addresses of this machine, of private networks and of a cloud's
/// metadata service are refused, whatever name leads there and in whatever form, unless the operator names the host:
/// otherwise whoever may connect a source could read the server's own network.
/// </summary>
/// <param name="allowedHosts">The hosts that the operator named.</param>
/// <param name="resolve">Finds the addresses of a name; the system does when left out.</param>
/// <param name="ownAddresses">The addresses of this machine; asked of the system when left out.</param>
public sealed class OutboundGuard(
    IEnumerable<string> allowedHosts,
    Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null,
    Func<IEnumerable<IPAddress>>? ownAddresses = null
) : INamedHosts
{
    private readonly HashSet<string> _allowed = new(allowedHosts, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether requests may go to this address of this host.</summary>
    public bool Allows(string host, IPAddress address) =>
        IsNamed(host) || !(PrivateAddresses.Contains(address) || IsOwn(PrivateAddresses.Plain(address)));

    /// <summary>
    /// Whether an address may be entered at all. A name says nothing about where it leads, so what it leads to is
    /// checked when something is sent.
    /// </summary>
    public bool Allows(Uri address)
    {
        var host = address.DnsSafeHost.TrimEnd('.');
        if (IsNamed(address.Host))
            return true;
        if (
            host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        )
            return false;
        return !IPAddress.TryParse(host, out var literal) || Allows(host, literal);
    }

    /// <summary>What is said of a host that is refused.</summary>
    public static string Refusal(string host) =>
        $"{host} is an address of this machine or of a private network. The operator can allow it with --allow-host {host}.";

    /// <inheritdoc />
    public bool IsNamed(string host) => _allowed.Contains(host);

    /// <summary>
    /// Connects to an allowed address of the host. The address that was checked is the one that is connected to.
    /// </summary>
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var end = context.DnsEndPoint;
        var addresses = IPAddress.TryParse(end.Host, out var literal)
            ? [literal]
            : await (resolve ?? Dns.GetHostAddressesAsync)(end.Host, ct);
        var allowed = addresses.Where(a => Allows(end.Host, a)).ToArray();
        if (allowed.Length == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, Refusal(end.Host));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, end.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsOwn(IPAddress address) => (ownAddresses ?? PrivateAddresses.OfThisMachine)().Contains(address);
}
