using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Kernel.Reading;

namespace Moat.Isms.Evidence.Attestations;

/// <summary>One signature under an envelope.</summary>
/// <param name="KeyId">The key that it says made it, or null; only a hint.</param>
/// <param name="Bytes">The signature; empty when it cannot be read.</param>
public sealed record EnvelopeSignature(string? KeyId, byte[] Bytes);

/// <summary>What a DSSE envelope signs, and its signatures.</summary>
/// <param name="Type">The payload's type.</param>
/// <param name="Payload">The payload, byte for byte.</param>
/// <param name="Signatures">The signatures.</param>
public sealed record SignedEnvelope(string Type, byte[] Payload, IReadOnlyList<EnvelopeSignature> Signatures)
{
    /// <summary>
    /// The text that is signed (DSSE, pre-authentication encoding): type and payload with their lengths, so that
    /// neither can be moved into the other.
    /// </summary>
    public byte[] SignedText =>
        [
            .. Encoding.UTF8.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"DSSEv1 {Encoding.UTF8.GetByteCount(Type)} {Type} {Payload.Length} "
                )
            ),
            .. Payload,
        ];

    /// <summary>
    /// Reads an envelope whose payload is known to be base64. A signature that cannot be read stays one that nobody
    /// verifies.
    /// </summary>
    internal static SignedEnvelope Of(JsonObject envelope, byte[] payload) =>
        new(
            envelope["payloadType"].Text() ?? "",
            payload,
            [
                .. envelope["signatures"]
                    .Objects()
                    .Select(s => new EnvelopeSignature(
                        s["keyid"].Text() is { Length: > 0 } id ? id : null,
                        Base64(s["sig"].Text()) ?? []
                    )),
            ]
        );

    /// <summary>Bytes of base64 in its usual or its URL form (DSSE allows both), or null.</summary>
    internal static byte[]? Base64(string? text)
    {
        var plain = (text ?? "").TrimEnd('=').Replace('-', '+').Replace('_', '/');
        var buffer = new byte[plain.Length];
        return Convert.TryFromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '='), buffer, out var length)
            ? buffer[..length]
            : null;
    }
}
