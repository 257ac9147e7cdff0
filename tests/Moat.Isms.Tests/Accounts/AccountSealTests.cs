using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moat.Hosting.Accounts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.People;
using Moat.Reports.Pack;
using Moat.Storage.Accounts;

namespace Moat.Tests;

/// <summary>
/// What somebody wrote into an account behind the product's back is found, and nobody gets in with it.
/// </summary>
[TakesLong]
public sealed class AccountSealTests
{
    private const string Sentence = "ACC-1: its account ";

    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task Each_column_of_an_account_and_of_its_second_factor_is_found_when_it_changes(string database)
    {
        await using var company = await SealedCompany.Found(database);
        await WriteTests.Sql(company, $"INSERT INTO account_code (user_id, step) SELECT id, 5 FROM account");
        Assert.Empty(await WriteTests.Findings(company));
        var columns = await Columns(company);
        Assert.Equal(
            (16, 3),
            (columns.Count(c => c.Table == "account"), columns.Count(c => c.Table == "account_token"))
        );
        foreach (var (table, column, other) in columns)
        {
            await WriteTests.Sql(company, $"CREATE TABLE before AS SELECT * FROM {table}", changesRows: false);
            await WriteTests.Sql(company, $"UPDATE {table} SET {column} = {other}");
            var findings = await WriteTests.Findings(company);
            Assert.True(
                findings.Any(f => f.StartsWith(Sentence, StringComparison.Ordinal)),
                $"{table}.{column}: {string.Join(' ', findings)}"
            );
            await WriteTests.Sql(
                company,
                $"UPDATE {table} SET {column} = (SELECT b.{column} FROM before b WHERE "
                    + $"{(table == "account" ? "b.id = account.id" : "b.name = account_token.name OR b.value = account_token.value")})"
            );
            await WriteTests.Sql(company, "DROP TABLE before", changesRows: false);
            Assert.Empty(await WriteTests.Findings(company));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_added_to_an_account_or_taken_from_it_is_found(string database)
    {
        await using var company = await SealedCompany.Found(database);
        foreach (
            var (change, back) in new[]
            {
                (
                    "INSERT INTO account_login (login_provider, provider_key, user_id) SELECT 'Other', 'eve', id FROM account",
                    "DELETE FROM account_login"
                ),
                (
                    "INSERT INTO account_claim (user_id, claim_type, claim_value) SELECT id, 'role', 'owner' FROM account",
                    "DELETE FROM account_claim"
                ),
                (
                    "INSERT INTO account_token (user_id, login_provider, name, value) SELECT id, 'x', 'y', 'z' FROM account",
                    "DELETE FROM account_token WHERE name = 'y'"
                ),
                ("DELETE FROM account_token WHERE name = 'RecoveryCodes'", ""),
            }
        )
        {
            await WriteTests.Sql(company, change);
            Assert.StartsWith(Sentence, Assert.Single(await WriteTests.Findings(company)), StringComparison.Ordinal);
            if (back.Length > 0)
                await WriteTests.Sql(company, back);
        }
        await WriteTests.Sql(company, "UPDATE account SET seal = NULL");
        Assert.Contains("has no seal", Assert.Single(await WriteTests.Findings(company)), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_seal_of_another_account_or_of_another_key_is_none(string database)
    {
        await using var company = await SealedCompany.Found(database);
        var olga = await company.NewOwner("other", "Olga Other");
        Assert.Empty(await WriteTests.Findings(company, olga));
        await WriteTests.Sql(
            company,
            "UPDATE account SET seal = (SELECT a.seal FROM account a WHERE a.email = 'owner@other.test') "
                + "WHERE email = 'owner@acme.test'"
        );
        Assert.StartsWith(Sentence, Assert.Single(await WriteTests.Findings(company)), StringComparison.Ordinal);
        // What is wrong with one organisation's member is nothing that another is told.
        Assert.Empty(await WriteTests.Findings(company, olga));
        var ada = await company.Read(db =>
            db.Set<Membership>().Where(m => m.Email == "owner@acme.test").Select(m => m.UserId).SingleAsync()
        );
        Assert.Equal(ada, Assert.Single(await SealedCompany.Seals(company, s => s.Broken(default))));
    }

    [Fact]
    public async Task A_value_that_Moat_never_writes_is_named_by_its_account_and_hides_no_other()
    {
        await using var company = await SealedCompany.Found("sqlite");
        await company.NewOwner("other", "Olga Other");
        await WriteTests.Sql(company, "UPDATE account SET lockout_end = 'garbage' WHERE email = 'owner@other.test'");
        await WriteTests.Sql(company, "UPDATE account SET password_hash = 'x' WHERE email = 'owner@acme.test'");
        Assert.StartsWith(Sentence, Assert.Single(await WriteTests.Findings(company)), StringComparison.Ordinal);
        Assert.Equal(2, (await SealedCompany.Seals(company, s => s.Broken(default))).Count);
        await WriteTests.Sql(company, "UPDATE account SET lockout_end = 'garbage' WHERE email = 'owner@acme.test'");
        Assert.EndsWith(
            "its account holds a value that Moat never writes.",
            Assert.Single(await WriteTests.Findings(company)),
            StringComparison.Ordinal
        );
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Everything_that_Moat_does_with_an_account_seals_it_again(string database)
    {
        await using var company = await SealedCompany.Found(database);
        IReadOnlyList<string> codes = [];
        await Changes((a, ada) => a.ChangePasswordAsync(ada, SealedCompany.Password, "another long password"));
        await Changes((a, ada) => a.AccessFailedAsync(ada));
        await Changes(
            (a, ada) =>
                a.SetLockoutEndDateAsync(
                    ada,
                    new DateTimeOffset(2026, 5, 6, 7, 8, 9, 123, TimeSpan.Zero).AddTicks(45_678)
                )
        );
        await Changes((a, ada) => a.UpdateSecurityStampAsync(ada));
        await Changes(
            async (a, ada) =>
            {
                codes = [.. (await a.GenerateNewTwoFactorRecoveryCodesAsync(ada, 3))!];
                return IdentityResult.Success;
            }
        );
        await Changes((a, ada) => a.RedeemTwoFactorRecoveryCodeAsync(ada, codes[0]));
        await Changes((a, ada) => a.AddLoginAsync(ada, new UserLoginInfo("Other", "ada", null)));
        await Changes((a, ada) => a.AddClaimAsync(ada, new("role", "owner")));
        await Changes((a, ada) => a.RemoveLoginAsync(ada, "Other", "ada"));
        await Changes((a, ada) => a.ResetAuthenticatorKeyAsync(ada));
        await Changes((a, ada) => a.SetTwoFactorEnabledAsync(ada, false));

        async Task Changes(Func<UserManager<Account>, Account, Task<IdentityResult>> change)
        {
            await SealedCompany.With(
                company,
                async (accounts, ada) => Assert.True((await change(accounts, ada)).Succeeded)
            );
            Assert.Empty(await WriteTests.Findings(company));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Of_two_who_change_a_second_factor_at_once_one_fails_and_the_seal_fits(string database)
    {
        await using var company = await SealedCompany.Found(database);
        await using var one = company.Services.CreateAsyncScope();
        await using var two = company.Services.CreateAsyncScope();
        var (first, second) = (
            one.ServiceProvider.GetRequiredService<AccountsDb>(),
            two.ServiceProvider.GetRequiredService<AccountsDb>()
        );
        await Change(first, "AuthenticatorKey");
        await Change(second, "RecoveryCodes");
        await second.Users.LoadAsync();
        await first.SaveChangesAsync();
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());
        Assert.Empty(await WriteTests.Findings(company));

        static async Task Change(AccountsDb db, string name) =>
            (await db.UserTokens.SingleAsync(t => t.Name == name)).Value = "changed";
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_account_that_was_changed_is_saved_by_nobody_but_the_operator_and_no_pack_is_made(
        string database
    )
    {
        await using var company = await SealedCompany.Found(database);
        await WriteTests.Sql(
            company,
            $"UPDATE account SET password_hash = '{new PasswordHasher<Account>().HashPassword(new Account(), "password of eve")}'"
        );
        var pack = await Assert.ThrowsAsync<RuleBroken>(() =>
            company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing())
        );
        Assert.Contains(Sentence, pack.Message, StringComparison.Ordinal);
        await SealedCompany.With(
            company,
            async (accounts, ada) =>
            {
                Assert.True(await accounts.CheckPasswordAsync(ada, "password of eve"));
                foreach (
                    var change in new[]
                    {
                        () => accounts.UpdateAsync(ada),
                        () => accounts.ChangePasswordAsync(ada, "password of eve", "long enough again"),
                    }
                )
                    Assert.Equal("account.seal", (await Assert.ThrowsAsync<RuleBroken>(change)).RuleId);
            }
        );
        await using (var scope = company.Services.CreateAsyncScope())
        {
            var check = scope.ServiceProvider.GetRequiredService<IConfirmIdentity>();
            Assert.False(await check.IsPassword(await Id(company), SealedCompany.Password, default));
            var signing = await Assert.ThrowsAsync<RuleBroken>(async () =>
                await check.IsPassword(await Id(company), "password of eve", default)
            );
            Assert.Equal("account.seal", signing.RuleId);
        }
        Assert.StartsWith(Sentence, Assert.Single(await WriteTests.Findings(company)), StringComparison.Ordinal);

        await using var operators = company.Services.CreateAsyncScope();
        var (users, seals) = (
            operators.ServiceProvider.GetRequiredService<UserManager<Account>>(),
            operators.ServiceProvider.GetRequiredService<SealedAccounts>()
        );
        var account = (await operators.ServiceProvider.GetRequiredService<AccountDesk>().Find("owner@acme.test"))!;
        Assert.True(await seals.Mend(account, default));
        var token = await users.GeneratePasswordResetTokenAsync(account);
        Assert.True((await users.ResetPasswordAsync(account, token, "given by the operator")).Succeeded);
        Assert.Empty(await WriteTests.Findings(company));
        Assert.False(await seals.Mend(account, default));
        Assert.Empty(await operators.ServiceProvider.GetRequiredService<AccountsDb>().UserTokens.ToListAsync());
        Assert.NotEmpty((await company.Run<PackProcess, Nothing, MadeFile>(p => p.Make, new Nothing())).Content);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_new_key_seals_what_fitted_and_vouches_for_nothing_else(string database)
    {
        await using var company = await SealedCompany.Found(database);
        var olga = await company.NewOwner("other", "Olga Other");
        await WriteTests.Sql(company, "UPDATE account SET security_stamp = 'eve' WHERE email = 'owner@other.test'");
        var keys = company.Services.GetRequiredService<JournalKeys>();
        keys.MakeNext();
        var because = new RotateKey { Reason = "The key is changed as planned." };
        foreach (var who in new[] { company.Owner, olga })
            await company.Run<KeyProcess, RotateKey, KeyRotated>(p => p.Rotate, because, who);
        Assert.Empty(await WriteTests.Findings(company));
        await using (var scope = company.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<SealedAccounts>().Renew(default);
        keys.Finish();
        Assert.Empty(await WriteTests.Findings(company));
        Assert.StartsWith(Sentence, Assert.Single(await WriteTests.Findings(company, olga)), StringComparison.Ordinal);
        await SealedCompany.With(
            company,
            async (accounts, ada) => Assert.True((await accounts.UpdateSecurityStampAsync(ada)).Succeeded)
        );
        Assert.Empty(await WriteTests.Findings(company));
    }

    private static async Task<Guid> Id(Company company)
    {
        var id = Guid.Empty;
        await SealedCompany.With(company, (_, ada) => Task.FromResult(id = ada.Id));
        return id;
    }

    // Each column of the two tables with another value of its type; the id of a row with rows that refer to it cannot
    // change.
    private static async Task<List<(string Table, string Column, string Other)>> Columns(Company company)
    {
        await using var scope = company.Services.CreateAsyncScope();
        var model = scope.ServiceProvider.GetRequiredService<AccountsDb>().Model;
        return
        [
            .. new[] { typeof(Account), typeof(IdentityUserToken<Guid>) }
                .SelectMany(t => model.FindEntityType(t)!.GetProperties())
                .Where(p => p.ClrType != typeof(Guid))
                .Select(p =>
                    (
                        p.DeclaringType.ContainingEntityType.GetTableName()!,
                        p.GetColumnName()!,
                        Other(p.GetColumnName()!, p.ClrType)
                    )
                ),
        ];
    }

    private static string Other(string column, Type type)
    {
        if (type == typeof(bool))
            return $"NOT {column}";
        if (type == typeof(int))
            return $"{column} + 1";
        return type == typeof(DateTimeOffset?) ? "'2031-02-03 04:05:06+00:00'" : $"coalesce({column}, '') || 'x'";
    }
}
