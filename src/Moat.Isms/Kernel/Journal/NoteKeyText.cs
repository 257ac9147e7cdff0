using System.Security.Cryptography;
using System.Text;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// How C2SP signed notes write and name a public key: <c>name+hash+base64</c>, whatever the signature's type.
/// </summary>
internal static class NoteKeyText
{
    private const int KeyLength = 32;

    /// <summary>The first four bytes by which a signature line names its key.</summary>
    public static byte[] Id(string name, byte type, byte[] key) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', type, .. key])[..4];

    /// <summary>The verifier key text.</summary>
    public static string Write(string name, byte type, byte[] key) =>
        $"{name}+{Convert.ToHexStringLower(Id(name, type, key))}+{Convert.ToBase64String([type, .. key])}";

    /// <summary>Reads a verifier key text. Throws <see cref="FormatException"/> when it is none of this type.</summary>
    public static (string Name, byte[] Key) Read(string text, byte type, string only)
    {
        // The base64 part may itself contain '+', so only the first two separate.
        var parts = text.Trim().Split('+', 3);
        if (parts.Length != 3)
            throw new FormatException("A verifier key has the form name+hash+key.");
        if (!IsName(parts[0]))
            throw new FormatException("A verifier key begins with its name, which has no spaces.");
        var data = Convert.FromBase64String(parts[2]);
        if (data.Length != KeyLength + 1 || data[0] != type)
            throw new FormatException(only);
        if (
            !Convert
                .ToHexStringLower(Id(parts[0], type, data[1..]))
                .Equals(parts[1], StringComparison.OrdinalIgnoreCase)
        )
            throw new FormatException("The verifier key's hash does not match its key.");
        return (parts[0], data[1..]);
    }

    /// <summary>Whether a key may have this name: not empty, without spaces and without a plus sign.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+');
}
