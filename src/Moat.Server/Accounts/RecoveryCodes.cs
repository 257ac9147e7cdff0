using System.Security.Cryptography;

namespace Moat.Server.Accounts;

/// <summary>
/// Codes for the day the authenticator is lost, each good once. With 80 random bits nobody guesses one, so that a plain
/// hash is enough to keep (NIST SP 800-63B-4, 3.1.2.2).
/// </summary>
internal static class RecoveryCodes
{
    private const int Number = 10;
    private const int Letters = 16;
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>New codes in groups of four letters.</summary>
    public static IReadOnlyList<string> New() =>
        [
            .. Enumerable
                .Range(0, Number)
                .Select(_ =>
                    string.Join(
                        '-',
                        RandomNumberGenerator.GetString(Alphabet, Letters).Chunk(4).Select(c => new string(c))
                    )
                ),
        ];

    /// <summary>A code as it is hashed, however somebody types it.</summary>
    public static string Plain(string typed) => string.Concat(typed.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>Whether somebody typed a recovery code and not one of an authenticator.</summary>
    public static bool Looks(string typed) => Plain(typed).Length == Letters;
}
