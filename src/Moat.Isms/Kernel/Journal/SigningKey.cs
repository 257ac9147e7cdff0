using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Moat.Isms.Kernel.Journal;

/// <summary>
/// A key that signs this journal from an entry on, named in that entry. One that follows another carries a statement
/// which both signed, so that nobody who holds one key alone can go on with the journal.
/// </summary>
public sealed class SigningKey : Record
{
    /// <summary>The key, as a verifier key text.</summary>
    public required string VerifierKey { get; init; }

    /// <summary>The key that signed until then; null for the first that the journal names.</summary>
    public string? Replaces { get; init; }

    /// <summary>The checkpoint of everything before this entry, with the new key named in it, signed by both.</summary>
    public string? Statement { get; init; }

    /// <summary>
    /// The line of the statement that names the new key; an extension line of the checkpoint (C2SP tlog-checkpoint).
    /// </summary>
    public static string Naming(string verifierKey) => $"next-key {verifierKey}";
}

internal sealed class SigningKeyMapping : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> builder)
    {
        builder.ToTable("signing_key");
        builder.Property(k => k.VerifierKey).HasMaxLength(400);
        builder.Property(k => k.Replaces).HasMaxLength(400);
        builder.Property(k => k.Statement).HasMaxLength(4000);
    }
}
