using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NSec.Cryptography;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// The public half of a witness's key: C2SP tlog-cosignature, version 1, Ed25519 (signature type 0x04).
/// </summary>
public sealed class CosignatureVerifier
{
    internal const byte Type = 4;
    private const int TimeLength = 8;
    private const int SignatureLength = 64;
    private readonly PublicKey _key;
    private readonly byte[] _keyBytes;

    /// <summary>Makes a verifier for a raw Ed25519 public key.</summary>
    public CosignatureVerifier(string name, byte[] publicKey)
    {
        (Name, _keyBytes) = (name, publicKey);
        _key = PublicKey.Import(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey);
        KeyId = NoteKeyText.Id(name, Type, publicKey);
    }

    /// <summary>The witness's name.</summary>
    public string Name { get; }

    /// <summary>The first four bytes by which a signature line names its key.</summary>
    public byte[] KeyId { get; }

    /// <summary>The verifier key text.</summary>
    public override string ToString() => NoteKeyText.Write(Name, Type, _keyBytes);

    /// <summary>Reads a verifier key text. Throws <see cref="FormatException"/> when it is none of a witness.</summary>
    public static CosignatureVerifier Parse(string text)
    {
        var (name, key) = NoteKeyText.Read(
            text,
            Type,
            "This is no key of a witness: only Ed25519 cosignatures (type 4) are known."
        );
        return new CosignatureVerifier(name, key);
    }

    /// <summary>
    /// When the witness cosigned a checkpoint, as one of the signature lines proves; null where none of them is its own
    /// and right.
    /// </summary>
    /// <param name="checkpoint">The checkpoint's text without signatures.</param>
    /// <param name="lines">Signature lines, of whomever.</param>
    public DateTime? Find(string checkpoint, string lines)
    {
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (SignedNote.ParseLine(line) is not { } signed || signed.Name != Name)
                continue;
            if (
                signed.Data.Length != 4 + TimeLength + SignatureLength
                || !signed.Data.AsSpan(0, 4).SequenceEqual(KeyId)
            )
                continue;
            var seconds = BinaryPrimitives.ReadUInt64BigEndian(signed.Data.AsSpan(4));
            if (seconds > (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds())
                continue;
            if (
                SignatureAlgorithm.Ed25519.Verify(
                    _key,
                    Message(checkpoint, seconds),
                    signed.Data.AsSpan(4 + TimeLength)
                )
            )
                return DateTimeOffset.FromUnixTimeSeconds((long)seconds).UtcDateTime;
        }
        return null;
    }

    internal static byte[] Message(string checkpoint, ulong seconds) =>
        Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{checkpoint}")
        );
}

/// <summary>
/// Cosigns checkpoints as a witness: "as of this time, this is the longest tree of this origin that I saw, and it only
/// grew".
/// </summary>
public sealed class CosignatureSigner : IDisposable
{
    private readonly Key _key;

    /// <summary>Makes a signer from a 32-byte Ed25519 seed.</summary>
    public CosignatureSigner(string name, byte[] seed)
    {
        _key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        Verifier = new CosignatureVerifier(name, _key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>The public half.</summary>
    public CosignatureVerifier Verifier { get; }

    /// <summary>The signature line for a checkpoint's text.</summary>
    public string Sign(string checkpoint, DateTimeOffset now)
    {
        var seconds = (ulong)now.ToUnixTimeSeconds();
        var time = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(time, seconds);
        var signature = SignatureAlgorithm.Ed25519.Sign(_key, CosignatureVerifier.Message(checkpoint, seconds));
        return $"— {Verifier.Name} {Convert.ToBase64String([.. Verifier.KeyId, .. time, .. signature])}\n";
    }

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();
}
