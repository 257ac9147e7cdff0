using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Moat.Isms.Anchors;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;

namespace Moat.Hosting.Anchors;

/// <summary>
/// The time-stamping authority (RFC 3161): proves that a checkpoint existed at a moment, to whoever has the token.
/// </summary>
internal sealed class StampPlace(ITimeAuthority authority, string host) : IAnchorPlace
{
    /// <inheritdoc />
    public AnchorTarget Target { get; } = new($"the time-stamping authority {host}".Cut(300), AnchorKind.TimeStamp);

    /// <inheritdoc />
    public async Task<AnchorResult> Send(string organization, OutgoingAnchor anchor, Prover prove, CancellationToken ct)
    {
        try
        {
            var stamp = await authority.Stamp(
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(anchor.Checkpoint))),
                ct
            );
            var token = Convert.ToBase64String(stamp.Token);
            return token.Length <= Anchor.LongestReceipt
                ? AnchorResult.Held(
                    string.Create(CultureInfo.InvariantCulture, $"Stamped for {stamp.At:d MMMM yyyy HH:mm:ss} UTC."),
                    token
                )
                : AnchorResult.Failed("The authority's token is larger than 45 kilobytes.");
        }
        catch (RuleBroken refused)
        {
            return AnchorResult.Failed(refused.Message.Cut(900));
        }
    }
}
