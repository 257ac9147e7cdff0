using System.Formats.Asn1;
using System.Security.Cryptography;
using Moat.Isms.Kernel;
using NSec.Cryptography;
using PublicKey = NSec.Cryptography.PublicKey;

namespace Moat.Isms.Evidence.Attestations;

/// <summary>A public key that verifies signatures: ECDSA over P-256 and RSA with SHA-256, and Ed25519.</summary>
public sealed class TrustedKey : IDisposable
{
    private const int FewestBits = 2048;
    private const string Accepted = "ECDSA P-256, Ed25519, or RSA of at least 2048 bits";
    private const string Rsa = "1.2.840.113549.1.1.1",
        EllipticCurve = "1.2.840.10045.2.1",
        Edwards25519 = "1.3.101.112",
        P256 = "1.2.840.10045.3.1.7";

    private readonly Func<byte[], byte[], bool> _verify;
    private readonly IDisposable? _held;

    private TrustedKey(KeyAlgorithm algorithm, byte[] der, Func<byte[], byte[], bool> verify, IDisposable? held)
    {
        (Algorithm, _verify, _held) = (algorithm, verify, held);
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(der));
        Pem = PemEncoding.WriteString("PUBLIC KEY", der);
    }

    /// <summary>How it signs.</summary>
    public KeyAlgorithm Algorithm { get; }

    /// <summary>SHA-256 of its DER form, hex.</summary>
    public string Fingerprint { get; }

    /// <summary>The key in its one PEM form.</summary>
    public string Pem { get; }

    /// <summary>
    /// Reads a PEM. Throws <see cref="InputInvalid"/> on <c>publicKey</c> when it is no public key of an accepted kind.
    /// </summary>
    public static TrustedKey Read(string pem)
    {
        if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
            throw Wrong(
                "This is a private key: whoever sees it can sign. Give the public one, and make a new pair, since this one has travelled."
            );
        try
        {
            var fields = PemEncoding.Find(pem);
            if (pem[fields.Label] != "PUBLIC KEY")
                throw Wrong($"This is a {pem[fields.Label]}. A PEM that begins with BEGIN PUBLIC KEY is needed.");
            var der = Convert.FromBase64String(pem[fields.Base64Data]);
            return Of(der);
        }
        catch (Exception e)
            when (e is ArgumentException or FormatException or CryptographicException or AsnContentException)
        {
            throw Wrong(
                $"This is no public key that can be read. Accepted are {Accepted}, as PEM that begins with BEGIN PUBLIC KEY."
            );
        }
    }

    /// <summary>Whether the signature is this key's over the text.</summary>
    public bool Verifies(byte[] text, byte[] signature) => _verify(text, signature);

    /// <inheritdoc />
    public void Dispose() => _held?.Dispose();

    private static TrustedKey Of(byte[] der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var algorithm = outer.ReadSequence();
        return algorithm.ReadObjectIdentifier() switch
        {
            Edwards25519 => Edwards(der),
            EllipticCurve when algorithm.ReadObjectIdentifier() == P256 => Elliptic(der),
            Rsa => OfRsa(der),
            _ => throw Wrong($"Keys of this kind are not accepted. Accepted are {Accepted}."),
        };
    }

    private static TrustedKey Edwards(byte[] der)
    {
        var key = PublicKey.Import(SignatureAlgorithm.Ed25519, der, KeyBlobFormat.PkixPublicKey);
        return new TrustedKey(
            KeyAlgorithm.Ed25519,
            der,
            (text, signature) => SignatureAlgorithm.Ed25519.Verify(key, text, signature),
            null
        );
    }

    private static TrustedKey Elliptic(byte[] der)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(der, out _);
        return new TrustedKey(
            KeyAlgorithm.EcdsaP256,
            key.ExportSubjectPublicKeyInfo(),
            (text, signature) => VerifiesElliptic(key, text, signature),
            key
        );
    }

    /// <summary>Most signers write DER; some write the two numbers one after the other.</summary>
    private static bool VerifiesElliptic(ECDsa key, byte[] text, byte[] signature) =>
        key.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
        || (
            signature.Length == 64
            && key.VerifyData(
                text,
                signature,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            )
        );

    private static TrustedKey OfRsa(byte[] der)
    {
        var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(der, out _);
        if (key.KeySize < FewestBits)
            throw Wrong(
                $"An RSA key of {key.KeySize} bits can be forged. Use at least {FewestBits}, or better ECDSA P-256 or Ed25519."
            );
        return new TrustedKey(
            KeyAlgorithm.Rsa,
            key.ExportSubjectPublicKeyInfo(),
            (text, signature) =>
                key.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                || key.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            key
        );
    }

    private static InputInvalid Wrong(string message) => new("publicKey", message);
}
