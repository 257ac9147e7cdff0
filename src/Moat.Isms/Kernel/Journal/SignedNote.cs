using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Moat.Isms.Kernel.Journal;

/// <summary>The public half of a note key, in the C2SP signed-note form <c>name+hash+base64</c>.</summary>
public sealed class NoteVerifier
{
    private const byte Ed25519 = 1;
    private readonly PublicKey _key;

    /// <summary>Makes a verifier for a raw Ed25519 public key.</summary>
    public NoteVerifier(string name, byte[] publicKey)
    {
        Name = name;
        PublicKeyBytes = publicKey;
        _key = PublicKey.Import(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey);
        KeyId = NoteKeyText.Id(name, Ed25519, publicKey);
    }

    /// <summary>The key's name; for a journal, its origin.</summary>
    public string Name { get; }

    /// <summary>The 32 bytes of the key.</summary>
    public byte[] PublicKeyBytes { get; }

    /// <summary>The first four bytes by which a signature line names its key.</summary>
    public byte[] KeyId { get; }

    /// <summary>
    /// What people compare over another channel: SHA-256 of the public key in groups of four hex digits.
    /// </summary>
    public string Fingerprint =>
        string.Join(' ', Convert.ToHexStringLower(SHA256.HashData(PublicKeyBytes)).Chunk(4).Select(c => new string(c)));

    /// <summary>The verifier key text.</summary>
    public override string ToString() => NoteKeyText.Write(Name, Ed25519, PublicKeyBytes);

    /// <summary>Reads a verifier key text. Throws <see cref="FormatException"/> when it is none.</summary>
    public static NoteVerifier Parse(string text)
    {
        var (name, key) = NoteKeyText.Read(text, Ed25519, "Only Ed25519 verifier keys are known.");
        return new NoteVerifier(name, key);
    }

    internal bool Verify(byte[] text, ReadOnlySpan<byte> signature) =>
        SignatureAlgorithm.Ed25519.Verify(_key, text, signature);
}

/// <summary>A key whose private half is in this process.</summary>
public sealed class SeedKey : INoteKey, IDisposable
{
    private readonly Key _key;

    /// <summary>
    /// Makes a key from a 32-byte Ed25519 seed. Throws <see cref="FormatException"/> when it has another length.
    /// </summary>
    public SeedKey(string name, byte[] seed)
    {
        if (seed.Length != 32)
            throw new FormatException("The seed of a key has 32 bytes.");
        _key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        Verifier = new NoteVerifier(name, _key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <inheritdoc />
    public NoteVerifier Verifier { get; }

    /// <summary>A new random seed.</summary>
    public static byte[] NewSeed() => RandomNumberGenerator.GetBytes(32);

    /// <inheritdoc />
    public byte[] Sign(ReadOnlySpan<byte> text) => SignatureAlgorithm.Ed25519.Sign(_key, text);

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();
}

/// <summary>Signs notes with a key.</summary>
public sealed class NoteSigner(INoteKey key)
{
    /// <summary>The public half.</summary>
    public NoteVerifier Verifier => key.Verifier;

    /// <summary>The note: text, empty line, signature line. The text must end with a newline.</summary>
    public string Sign(string text) => Sign(text, this);

    /// <summary>A note that several keys sign, in their order.</summary>
    public static string Sign(string text, params IEnumerable<NoteSigner> signers)
    {
        if (!text.EndsWith('\n'))
            throw new ArgumentException("A note's text ends with a newline.", nameof(text));
        return $"{text}\n{string.Concat(signers.Select(s => s.Line(text)))}";
    }

    private string Line(string text) =>
        $"— {Verifier.Name} {Convert.ToBase64String([.. Verifier.KeyId, .. key.Sign(Encoding.UTF8.GetBytes(text))])}\n";
}

/// <summary>C2SP signed notes: a text and who vouches for it.</summary>
public static class SignedNote
{
    /// <summary>The note's text if a known key signed it; null if none did or one of its signatures is wrong.</summary>
    public static string? Open(string note, NoteVerifier verifier)
    {
        if (note.Any(c => c < ' ' && c != '\n'))
            return null;
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !note.EndsWith('\n'))
            return null;
        var text = note[..(end + 1)];
        var verified = false;
        foreach (var line in note[(end + 2)..].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ParseLine(line) is not { } signature)
                return null;
            if (signature.Name != verifier.Name || !signature.Data.AsSpan(0, 4).SequenceEqual(verifier.KeyId))
                continue;
            if (!verifier.Verify(Encoding.UTF8.GetBytes(text), signature.Data.AsSpan(4)))
                return null;
            verified = true;
        }
        return verified ? text : null;
    }

    /// <summary>The note's text, whoever signed it; empty where it has no signatures.</summary>
    public static string TextOf(string note) =>
        note.LastIndexOf("\n\n", StringComparison.Ordinal) is >= 0 and var end ? note[..(end + 1)] : "";

    /// <summary>The name and the bytes, key id first, of a signature line; none where it has another form.</summary>
    internal static (string Name, byte[] Data)? ParseLine(string line)
    {
        var parts = line.Split(' ');
        if (parts.Length != 3 || parts[0] != "—" || parts[1].Length == 0)
            return null;
        var buffer = new byte[parts[2].Length];
        // Base64 that decodes to the same bytes in two ways would let a character change unnoticed.
        return
            Convert.TryFromBase64String(parts[2], buffer, out var written)
            && written > 4
            && Convert.ToBase64String(buffer[..written]) == parts[2]
            ? (parts[1], buffer[..written])
            : null;
    }
}
