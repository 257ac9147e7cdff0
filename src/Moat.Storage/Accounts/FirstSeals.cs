using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Storage.Accounts;

/// <summary>
/// Seals the accounts from before accounts had seals: once, in the transaction of the migration that adds them. Nothing
/// seals an account that has none later.
/// </summary>
internal sealed class FirstSeals(StorageOptions options, JournalKeys keys)
{
    /// <summary>The migration that adds seals.</summary>
    public const string Migration = "0042_account_seals.sql";

    /// <summary>
    /// The statements that seal the accounts as they stand before that migration. Throws <see cref="Unavailable"/>
    /// without the key.
    /// </summary>
    public string Statements()
    {
        var builder = new DbContextOptionsBuilder<AccountsDb>();
        MoatStorage.Use(builder, options);
        using var db = new AccountsDb(builder.Options);
        if (!db.Users.Any())
            return "";
        foreach (var key in JournalKeysOf(db))
            keys.Of(key);
        // Seals are Base64 and ids hexadecimal: nothing in them ends a text. SQLite keeps ids in capitals.
        return string.Concat(
            Make(db, keys)
                .Select(made =>
                    $"UPDATE account SET seal = '{made.Seal}' WHERE id = '{made.Account.ToString().ToUpperInvariant()}';\n"
                )
        );
    }

    /// <summary>A seal for each account as it stands. Throws <see cref="Unavailable"/> without the key.</summary>
    public static IReadOnlyList<(Guid Account, string Seal)> Make(AccountsDb db, JournalKeys keys)
    {
        var accounts = SealedAccounts.Whole(db, Unsealed(db)).AsNoTracking().ToList();
        if (accounts.Count == 0)
            return [];
        var signer = keys.ForSealing(othersExist: true);
        return [.. accounts.Select(a => (a.Account.Id, AccountSeal.Make(db.Model, a, signer)))];
    }

    // Named one by one, because the column of seals is not there yet.
    private static IQueryable<Account> Unsealed(AccountsDb db) =>
        db.Users.Select(a => new Account
        {
            Id = a.Id,
            DisplayName = a.DisplayName,
            UserName = a.UserName,
            NormalizedUserName = a.NormalizedUserName,
            Email = a.Email,
            NormalizedEmail = a.NormalizedEmail,
            EmailConfirmed = a.EmailConfirmed,
            PasswordHash = a.PasswordHash,
            SecurityStamp = a.SecurityStamp,
            ConcurrencyStamp = a.ConcurrencyStamp,
            PhoneNumber = a.PhoneNumber,
            PhoneNumberConfirmed = a.PhoneNumberConfirmed,
            TwoFactorEnabled = a.TwoFactorEnabled,
            LockoutEnd = a.LockoutEnd,
            LockoutEnabled = a.LockoutEnabled,
            AccessFailedCount = a.AccessFailedCount,
        });

    private List<string> JournalKeysOf(AccountsDb db)
    {
        using var transaction = db.Database.BeginTransaction();
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
        command.CommandText =
            (options.Postgres is null ? "" : "SELECT set_config('moat.organization', '*', true);")
            + "SELECT DISTINCT verifier_key FROM journal_head";
        using var reader = command.ExecuteReader();
        if (options.Postgres is not null)
            reader.NextResult();
        var found = new List<string>();
        while (reader.Read())
            found.Add(reader.GetString(0));
        return found;
    }
}
