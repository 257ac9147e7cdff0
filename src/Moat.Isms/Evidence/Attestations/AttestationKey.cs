using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence.Attestations;

/// <summary>How a key signs.</summary>
public enum KeyAlgorithm
{
    /// <summary>ECDSA over P-256 with SHA-256.</summary>
    EcdsaP256,

    /// <summary>Ed25519.</summary>
    Ed25519,

    /// <summary>RSA with SHA-256, at least 2048 bits.</summary>
    Rsa,
}

/// <summary>
/// A public key that the organisation names as one that may sign attestations about its artefacts (A.5.21, A.8.24).
/// </summary>
[RecordKind("AKEY", "attestation-keys")]
public sealed class AttestationKey : Referenced
{
    /// <summary>What holds its private half, such as "release builds on the CI".</summary>
    public required string Name { get; init; }

    /// <summary>How it signs.</summary>
    public required KeyAlgorithm Algorithm { get; init; }

    /// <summary>The key (SubjectPublicKeyInfo, PEM).</summary>
    public required string PublicKey { get; init; }

    /// <summary>SHA-256 of the key's DER form, hex.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The id by which signatures name it, if the signer writes one.</summary>
    public string? KeyId { get; init; }

    /// <summary>Since when its signatures count no more.</summary>
    public DateTime? RetiredAt { get; private set; }

    /// <summary>Why.</summary>
    public string? RetiredBecause { get; private set; }

    /// <inheritdoc />
    public override string Caption => Name;

    /// <inheritdoc />
    protected internal override string SearchWords => $"{Name} {Fingerprint} {KeyId}";

    /// <summary>Takes its signatures for nothing from now on.</summary>
    public void Retire(string because, DateTime at)
    {
        if (RetiredAt is not null)
            throw new RuleBroken("attestation-keys.retire.once", $"{Ref} is already retired.");
        (RetiredAt, RetiredBecause) = (at, because);
    }
}

/// <summary>A key to name.</summary>
public sealed record CreateAttestationKey
{
    /// <summary>What holds its private half, such as "release builds on the CI".</summary>
    [MinLength(3), MaxLength(200)]
    public required string Name { get; init; }

    /// <summary>The public key as PEM: ECDSA P-256, Ed25519, or RSA of at least 2048 bits.</summary>
    [MaxLength(8000)]
    public required string PublicKey { get; init; }

    /// <summary>
    /// The id by which signatures name it (keyid), if the signer writes one; without it every signature is tried.
    /// </summary>
    [MaxLength(300)]
    public string? KeyId { get; init; }
}

/// <summary>A key whose signatures count no more.</summary>
public sealed record RetireAttestationKey : ChangeRecord
{
    /// <summary>Why: it was replaced, or somebody else may have it.</summary>
    [MinLength(5), MaxLength(2000)]
    public required string Because { get; init; }
}

/// <summary>A named key.</summary>
public sealed record AttestationKeyRow(
    string Ref,
    int Version,
    string Name,
    KeyAlgorithm Algorithm,
    string Fingerprint,
    string? KeyId,
    string PublicKey,
    DateTime CreatedAt,
    DateTime? RetiredAt,
    string? RetiredBecause
);

internal sealed class AttestationKeyMapping : IEntityTypeConfiguration<AttestationKey>
{
    public void Configure(EntityTypeBuilder<AttestationKey> builder)
    {
        builder.ToTable("attestation_key");
        builder.Property(x => x.Name).HasMaxLength(200);
        builder.Property(x => x.PublicKey).HasMaxLength(8000);
        builder.Property(x => x.Fingerprint).HasMaxLength(64);
        builder.Property(x => x.KeyId).HasMaxLength(300);
        builder.Property(x => x.RetiredBecause).HasMaxLength(2000);
        builder.HasIndex(x => new { x.OrganizationId, x.Fingerprint }).IsUnique();
    }
}
