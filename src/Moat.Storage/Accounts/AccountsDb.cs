using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Moat.Storage.Accounts;

/// <summary>Somebody who can sign in. What they may do stands in memberships, per organisation.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>How the product greets them.</summary>
    public string DisplayName { get; set; } = "";
}

/// <summary>Accounts and their secrets, apart from the ISMS: a sign-in is not a record of it.</summary>
public sealed class AccountsDb(DbContextOptions<AccountsDb> options) : IdentityUserContext<Account, Guid>(options)
{
    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Account>(b =>
        {
            b.ToTable("account");
            b.Property(a => a.DisplayName).HasMaxLength(200);
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("account_claim");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("account_login");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("account_token");
    }
}
