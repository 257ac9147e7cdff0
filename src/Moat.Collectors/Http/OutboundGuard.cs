using System.Net;
using System.Net.Sockets;
using Moat.Isms.Evidence.Collectors;

namespace Moat.Collectors.Http;

/// <summary>
/// Which hosts collectors may reach. Addresses that only this machine or its cloud's metadata service answer at are refused, whatever
/// name leads there, unless the operator names the host: otherwise whoever may connect a source could read the server's own network.
/// </summary>
public sealed class OutboundGuard(IEnumerable<string> allowedHosts) : INamedHosts
{
    private static readonly IPAddress MetadataV6 = IPAddress.Parse("fd00:ec2::254");
    private static readonly IPNetwork[] Refused =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("100.100.100.200/32"),
        IPNetwork.Parse("::/127"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("ff00::/8"),
    ];

    private readonly HashSet<string> _allowed = new(allowedHosts, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether requests may go to this address of this host.</summary>
    public bool Allows(string host, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _allowed.Contains(host) || !(plain.Equals(MetadataV6) || Refused.Any(n => n.BaseAddress.AddressFamily == plain.AddressFamily && n.Contains(plain)));
    }

    /// <summary>Whether an address may be entered at all. A name says nothing about where it leads, so what it leads to is checked when something is sent.</summary>
    public bool Allows(Uri address)
    {
        var host = address.DnsSafeHost;
        if (IsNamed(address.Host)) return true;
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)) return false;
        return !IPAddress.TryParse(host, out var literal) || Allows(host, literal);
    }

    /// <inheritdoc />
    public bool IsNamed(string host) => _allowed.Contains(host);

    /// <summary>Connects to an allowed address of the host. The address that was checked is the one that is connected to.</summary>
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var end = context.DnsEndPoint;
        var addresses = IPAddress.TryParse(end.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(end.Host, ct);
        var allowed = addresses.Where(a => Allows(end.Host, a)).ToArray();
        if (allowed.Length == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"{end.Host} is an address of this machine or its network's own services. The operator can allow it with --allow-host {end.Host}.");
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
}
