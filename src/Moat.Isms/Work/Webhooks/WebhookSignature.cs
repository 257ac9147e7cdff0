using System.Security.Cryptography;
using System.Text;

namespace Moat.Isms.Work.Webhooks;

/// <summary>
/// Signatures of webhooks as Standard Webhooks has them, both of messages that go out and of those that come in:
/// HMAC-SHA256 over id, time and body.
/// </summary>
public static class WebhookSignature
{
    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";

    /// <summary>A new secret of 32 random bytes.</summary>
    public static string NewSecret() => $"{SecretPrefix}{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    /// <summary>The signature of a message.</summary>
    public static string Of(string secret, string id, string time, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(
            HashAlgorithmName.SHA256,
            Convert.FromBase64String(secret[SecretPrefix.Length..])
        );
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{time}."));
        hash.AppendData(body);
        return $"{Version}{Convert.ToBase64String(hash.GetHashAndReset())}";
    }

    /// <summary>
    /// Whether one of the signatures in a header, separated by spaces, is that of the message. Takes as long for a
    /// wrong one as for the right one.
    /// </summary>
    public static bool Holds(string header, string secret, string id, string time, ReadOnlySpan<byte> body)
    {
        var expected = Encoding.UTF8.GetBytes(Of(secret, id, time, body));
        var holds = false;
        foreach (var told in header.Split(' '))
            holds |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(told));
        return holds;
    }
}
