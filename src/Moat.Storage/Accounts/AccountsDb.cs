using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Moat.Isms.Kernel;
using Moat.Storage.Keys;

namespace Moat.Storage.Accounts;

/// <summary>Somebody who can sign in. What they may do stands in memberships, per organisation.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>How the product greets them.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>
    /// The installation's signature over everything by which somebody gets in with this account; written with each
    /// change.
    /// </summary>
    public string? Seal { get; set; }
}

/// <summary>Accounts and their secrets, apart from the ISMS: a sign-in is not a record of it.</summary>
public sealed class AccountsDb(DbContextOptions<AccountsDb> options) : IdentityUserContext<Account, Guid>(options)
{
    /// <summary>
    /// Marks tables of the hour, which no backup keeps: a restored installation has nobody signed in.
    /// </summary>
    internal const string Passing = "moat:passing";

    /// <summary>Keys of cookies, forms and stored secrets.</summary>
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    /// <summary>Accounts that the operator saves although they do not fit their seals.</summary>
    internal HashSet<Guid> Mended { get; } = [];

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Account>(b =>
        {
            b.ToTable("account");
            b.Property(a => a.DisplayName).HasMaxLength(200);
            b.Property(a => a.Seal).HasMaxLength(500);
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("account_claim");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("account_login");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("account_token");
        builder.Entity<ProtectionKey>(b =>
        {
            b.ToTable("protection_key");
            b.HasKey(k => k.Id);
            b.Property(k => k.Id).HasMaxLength(200);
        });
        builder.Entity<AccountSession>(Sessions);
        builder.Entity<AccountGuess>(b =>
        {
            b.ToTable("account_guess").HasAnnotation(Passing, true);
            b.HasKey(g => g.Bucket);
            b.Property(g => g.Bucket).HasMaxLength(200);
        });
        builder.Entity<AccountCode>(b =>
        {
            b.ToTable("account_code").HasAnnotation(Passing, true);
            b.HasKey(c => c.UserId);
            b.HasOne<Account>().WithOne().HasForeignKey<AccountCode>(c => c.UserId);
        });
    }

    private static void Sessions(EntityTypeBuilder<AccountSession> b)
    {
        b.ToTable("account_session").HasAnnotation(Passing, true);
        b.Property(s => s.Browser).HasMaxLength(100);
        b.Property(s => s.Address).HasMaxLength(64);
        b.HasOne<Account>().WithMany().HasForeignKey(s => s.UserId);
    }
}
