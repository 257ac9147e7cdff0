using Moat.Collectors.Http;
using Moat.Isms.Work.Webhooks;

namespace Moat.Hosting.Webhooks;

/// <summary>Where webhooks may go: over TLS and outside, unless the operator named the host.</summary>
public sealed class GuardedOutbound(OutboundGuard guard) : IOutbound
{
    /// <inheritdoc />
    public string? Refuses(Uri address)
    {
        if (guard.IsNamed(address.Host))
            return null;
        if (!guard.Allows(address))
            return OutboundGuard.Refusal(address.Host);
        return address.Scheme == Uri.UriSchemeHttps
            ? null
            : $"Without TLS Moat talks only to hosts that its operator names with --allow-host {address.Host}.";
    }
}
