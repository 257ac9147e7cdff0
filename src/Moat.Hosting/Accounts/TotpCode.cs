using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Moat.Hosting.Accounts;

/// <summary>Codes of authenticators: six digits of each half minute (RFC 6238 with RFC 4226, 5.3).</summary>
internal static class TotpCode
{
    private const int SecondsOfStep = 30;
    private const int Digits = 6;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>
    /// The step whose code this is: the present one, or one before or after it for a clock that is a little off (RFC
    /// 6238, 5.2); else none.
    /// </summary>
    public static long? StepOf(string key, string code, DateTimeOffset now)
    {
        var secret = Decode(key);
        var given = Encoding.UTF8.GetBytes(code);
        var present = now.ToUnixTimeSeconds() / SecondsOfStep;
        long? found = null;
        foreach (var step in (long[])[present, present - 1, present + 1])
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(secret, step)), given))
                found ??= step;
        return found;
    }

    /// <summary>The code of a step.</summary>
    internal static string Of(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // Authenticators use SHA-1; RFC 6238 names it, and HMAC does not suffer from its collisions.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
    }

    /// <summary>The bytes of a key in Base32 (RFC 4648, 6) as authenticators show it.</summary>
    internal static byte[] Decode(string key)
    {
        var bytes = new List<byte>(key.Length * 5 / 8);
        var (bits, held) = (0, 0);
        foreach (
            var value in key.TrimEnd('=')
                .Select(c => Base32.IndexOf(c, StringComparison.OrdinalIgnoreCase))
                .Where(v => v >= 0)
        )
        {
            (bits, held) = ((bits << 5 | value) & 0xFFFF, held + 5);
            if (held < 8)
                continue;
            held -= 8;
            bytes.Add((byte)(bits >> held));
        }
        return [.. bytes];
    }
}
