namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// A key that signs notes, wherever its private half is. The private half need not be in this process.
/// </summary>
public interface INoteKey
{
    /// <summary>The public half, with the name that signatures carry.</summary>
    NoteVerifier Verifier { get; }

    /// <summary>
    /// The Ed25519 signature of the bytes (RFC 8032), 64 bytes. MUST be one that <see cref="Verifier"/> accepts.
    /// </summary>
    byte[] Sign(ReadOnlySpan<byte> text);
}

/// <summary>
/// Where the keys that sign the journal are held. This is the one seam: a file and the environment stand behind it, and
/// a token (PKCS#11) or a service that signs (KMS) would.
/// </summary>
public interface IKeyHolder
{
    /// <summary>How people find the place, as it stands in a sentence.</summary>
    string Place { get; }

    /// <summary>
    /// The keys that are held now, the newest last; none where there is none. MUST NOT make one, and MUST throw
    /// <see cref="Unavailable"/> with a sentence when what is there is no key.
    /// </summary>
    IReadOnlyList<INoteKey> Read();

    /// <summary>
    /// Makes a key of this name and holds it as the newest. MUST keep those that were there. Throws
    /// <see cref="Unavailable"/> saying what to do where only the operator can put a key.
    /// </summary>
    void Make(string name);

    /// <summary>
    /// Lets go of every key but this one. Throws <see cref="Unavailable"/> saying what to do where only the operator
    /// can.
    /// </summary>
    void KeepOnly(NoteVerifier key);
}
