using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Moat.Isms.People;

/// <summary>Secrets of invitations and tokens: 32 random bytes, of which only the SHA-256 is stored.</summary>
public static class Secret
{
    private const string Prefix = "moat_";

    /// <summary>A new secret in URL-safe letters.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored of it. A plain hash is enough: nobody can guess 256 random bits.</summary>
    public static string Hash(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The token a program sends: it names its organisation, so that it can be looked up there.</summary>
    public static string Token(string organization, string secret) => $"{Prefix}{organization}_{secret}";

    /// <summary>The organisation and secret in a token, or null when it has another form.</summary>
    public static (string Organization, string Secret)? Read(string token)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        // A slug has no underscore, a secret may have some: the first one separates.
        var rest = token[Prefix.Length..];
        var end = rest.IndexOf('_', StringComparison.Ordinal);
        return end < 1 ? null : (rest[..end], rest[(end + 1)..]);
    }
}
