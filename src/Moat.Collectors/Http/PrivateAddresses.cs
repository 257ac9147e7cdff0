using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Moat.Collectors.Http;

/// <summary>
/// Which addresses are nobody's on the Internet: those of this machine, of private networks and of a cloud's own
/// services (IANA special-purpose registries, RFC 6890).
/// </summary>
internal static class PrivateAddresses
{
    private const int LengthV4 = 4;

    private static readonly IPNetwork[] Networks =
    [
        .. new[]
        {
            // This host, private (RFC 1918), shared (RFC 6598), loopback, link-local with metadata services, protocol,
            // benchmarks, multicast, reserved.
            "0.0.0.0/8",
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "198.18.0.0/15",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // Loopback, unique local (RFC 4193), link-local, site-local, multicast, the own network's NAT64 (RFC 8215),
            // Teredo, discard-only.
            "::/127",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8",
            "64:ff9b:1::/48",
            "2001::/32",
            "100::/64",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>
    /// Forms of IPv6 that carry an address of IPv4, and where: compatible and translated (RFC 4291, RFC 2765), NAT64
    /// (RFC 6052),
    /// 6to4 (RFC 3056).
    /// </summary>
    private static readonly (IPNetwork Form, int At)[] Carriers =
    [
        (IPNetwork.Parse("::/96"), 12),
        (IPNetwork.Parse("::ffff:0:0:0/96"), 12),
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    /// <summary>Whether the address is a private one, however it is written.</summary>
    public static bool Contains(IPAddress address)
    {
        if (Networks.Any(n => n.BaseAddress.AddressFamily == address.AddressFamily && n.Contains(address)))
            return true;
        return Carried(address) is { } inside && Contains(inside);
    }

    /// <summary>The address without the form it is carried in and the interface it is reached by.</summary>
    public static IPAddress Plain(IPAddress address) => Carried(address) ?? new IPAddress(address.GetAddressBytes());

    /// <summary>The addresses of this machine's own interfaces.</summary>
    public static IEnumerable<IPAddress> OfThisMachine() =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => Plain(a.Address));

    private static IPAddress? Carried(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return null;
        // No network in the form of IPv6 contains one of these, as .NET counts.
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        // ISATAP (RFC 5214, 6.1) has it at the end of any network.
        var isatap = bytes[8] is 0 or 2 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe;
        var at = isatap ? 12 : Carriers.Where(c => c.Form.Contains(address)).Select(c => c.At).FirstOrDefault();
        return at == 0 ? null : new IPAddress(bytes.AsSpan(at, LengthV4));
    }
}
