using Moat.Hosting;

namespace Moat.Cli.Doctor;

/// <summary>How people reach the server, and whom it believes about who asks.</summary>
internal static class AddressFindings
{
    private const string Public = "public address";
    private const string Proxy = "proxy";

    public static IEnumerable<Finding> Of(ServerOptions server)
    {
        var listens = Listening(server);
        yield return OfPublic(server.Outside.PublicUrl, listens);
        if (server.TrustedProxies.Any(p => p.PrefixLength == 0))
            yield return Finding.Broken(
                Proxy,
                "Every machine is believed about who asks, so that anybody can pass for anybody.",
                "Name with --trust-proxy the address of the proxy alone."
            );
        else if (!listens.IsLoopback && listens.Scheme == "http" && server.TrustedProxies.Count == 0)
            yield return Finding.Warning(
                Proxy,
                $"It listens at {server.Url} for other machines, and no proxy is named: passwords cross the network in the clear, or all "
                    + "visitors count as one.",
                "Put a proxy with TLS in front and name its address with --trust-proxy, or listen at 127.0.0.1 alone."
            );
        else
            yield return Finding.Fine(Proxy, $"It listens at {server.Url}.");
    }

    /// <summary>Where it listens; hosts such as + and * mean every address of the machine.</summary>
    public static Uri Listening(ServerOptions server) =>
        new(
            server
                .Url.Replace("//+", "//0.0.0.0", StringComparison.Ordinal)
                .Replace("//*", "//0.0.0.0", StringComparison.Ordinal)
        );

    private static Finding OfPublic(Uri? address, Uri listens) =>
        address switch
        {
            null => Finding.Warning(
                Public,
                "It is not named, so that mail, calendars and webhooks carry no links.",
                "Say where people reach Moat: --public-url https://moat.your-company.example"
            ),
            { Scheme: "http", IsLoopback: false } => Finding.Warning(
                Public,
                $"{address} is not encrypted, so that cookies and passwords can be read on their way.",
                "Put a proxy with TLS in front, and name its https address with --public-url."
            ),
            { IsLoopback: true } when !listens.IsLoopback => Finding.Warning(
                Public,
                $"{address} leads each visitor to their own machine.",
                "Name with --public-url the address that visitors use."
            ),
            _ => Finding.Fine(Public, $"{address}"),
        };
}
