using System.Globalization;
using System.Text;
using Moat.Isms.Kernel;

namespace Moat.Server.Doors;

/// <summary>Attributes of CloudEvents as headers carry them (CloudEvents HTTP binding 1.0, 3.1.3.2): quoted or not, and
/// percent-encoded UTF-8.</summary>
internal static class HeaderText
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>
    /// The attribute's value. Throws <see cref="InputInvalid"/> for the header when it cannot be decoded.
    /// </summary>
    public static string Decode(string header, string value)
    {
        var written = Encoding.UTF8.GetBytes(Unquoted(value.Trim()));
        var bytes = new List<byte>(written.Length);
        for (var at = 0; at < written.Length; at++)
        {
            if (written[at] != (byte)'%')
            {
                bytes.Add(written[at]);
                continue;
            }
            if (
                !byte.TryParse(
                    written.AsSpan(at + 1, Math.Min(2, written.Length - at - 1)),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var escaped
                )
                || at + 2 >= written.Length
            )
                throw new InputInvalid(
                    header,
                    $"At position {at + 1} there is a % without two hexadecimal digits behind it. A % itself is written %25."
                );
            bytes.Add(escaped);
            at += 2;
        }
        try
        {
            return Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            throw new InputInvalid(header, "What is escaped with % is not UTF-8.");
        }
    }

    // A quoted string of HTTP (RFC 9110, 5.6.4).
    private static string Unquoted(string value)
    {
        if (value is not ['"', .. var inner, '"'])
            return value;
        var text = new StringBuilder(inner.Length);
        for (var at = 0; at < inner.Length; at++)
            text.Append(inner[at] == '\\' && at + 1 < inner.Length ? inner[++at] : inner[at]);
        return text.ToString();
    }
}
