using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Moat.Storage.Accounts;

namespace Moat.Tests;

/// <summary>
/// Nobody is signed in with an account that was changed in the database, and the operator gives it back.
/// </summary>
[TakesLong]
public sealed class SealedSignInTests
{
    private const string Eves = "a password that eve knows";

    [Fact]
    public async Task A_password_that_somebody_wrote_into_the_database_lets_nobody_in()
    {
        await using var acme = await Acme.Found(listens: true);
        using (var before = new Browser(acme.Url))
            Assert.True(await before.SignIn());
        string own;
        await using (var scope = acme.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
            own = await db.Users.Select(a => a.PasswordHash!).SingleAsync();
            await db.Users.ExecuteUpdateAsync(a => a.SetProperty(x => x.PasswordHash, Hash()));
        }
        using var eve = new Browser(acme.Url, "198.51.100.7");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), await Refused(eve, Eves));
        // Who does not know the password is told what every stranger is told.
        Assert.Equal((HttpStatusCode.BadRequest, false), await Refused(eve, "a password of nobody"));
        await using (var scope = acme.Services.CreateAsyncScope())
            await scope
                .ServiceProvider.GetRequiredService<AccountsDb>()
                .Users.ExecuteUpdateAsync(a => a.SetProperty(x => x.PasswordHash, own));
        using var after = new Browser(acme.Url);
        Assert.True(await after.SignIn());
    }

    [Fact]
    public async Task The_operator_is_told_and_gives_the_account_back()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Of("secret"), "correct horse battery");
        string[] data = ["--data", folder.Of("data")];
        await MoatProgram.Do(["init", "--org", "acme", "--name", "Acme", "--admin", "ada@acme.test", .. data]);
        string[] backup = ["backup", folder.Of("a.backup"), "--passphrase-file", folder.Of("secret"), .. data];
        Assert.Equal((0, ""), Ended(await MoatProgram.Run(backup)));
        await Sql($"UPDATE account SET two_factor_enabled = 0, password_hash = '{Hash()}'");

        var (code, output, _) = await MoatProgram.Run(["verify", .. data]);
        Assert.Equal(1, code);
        Assert.Contains("FAILED: ACC-1: its account does not fit its seal", output, StringComparison.Ordinal);
        Assert.Equal(1, (await MoatProgram.Run(["pack", "--out", folder.Of("pack.zip"), .. data])).Code);
        // The backup is made and says what it holds.
        File.Delete(folder.Of("a.backup"));
        var (ended, error) = Ended(await MoatProgram.Run(backup));
        Assert.Equal(1, ended);
        Assert.Contains("The backup is made, but", error, StringComparison.Ordinal);
        Assert.Contains("FAILED: acme: ACC-1: its account does not fit", error, StringComparison.Ordinal);
        Assert.Equal(
            1,
            (
                await MoatProgram.Run([
                    "restore",
                    folder.Of("a.backup"),
                    "--passphrase-file",
                    folder.Of("secret"),
                    "--data",
                    folder.Of("restored"),
                ])
            ).Code
        );
        // A new key does not make it right.
        await MoatProgram.Do(["key", "rotate", .. data]);
        Assert.Equal(1, (await MoatProgram.Run(["verify", .. data])).Code);

        var (reset, password, told) = await MoatProgram.Run(["user", "reset-password", "ada@acme.test", .. data]);
        Assert.Equal(0, reset);
        Assert.Contains("changed in the database and not by Moat", told, StringComparison.Ordinal);
        await MoatProgram.Do(["verify", .. data]);
        Assert.Equal((0, ""), Ended(await MoatProgram.Run(backup)));
        using var server = await MoatProgram.Serve(["serve", .. data]);
        using var ada = new Browser(server.Url);
        Assert.True(await ada.SignIn(password.Trim()));
        Assert.False(await ada.SignIn(Eves));

        async Task Sql(string sql)
        {
            await using var connection = new SqliteConnection($"Data Source={folder.Of("data/moat.db")};Pooling=False");
            await connection.OpenAsync();
            await using var command = new SqliteCommand(sql, connection);
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }
    }

    [Fact]
    public async Task An_account_that_belongs_to_nobody_is_verified_for_the_operator()
    {
        using var folder = new TemporaryFolder();
        await MoatProgram.Do(
            "init",
            "--org",
            "acme",
            "--name",
            "Acme",
            "--admin",
            "ada@acme.test",
            "--data",
            folder.Of("data")
        );
        await using (var connection = new SqliteConnection($"Data Source={folder.Of("data/moat.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = new SqliteCommand(
                "INSERT INTO account SELECT '0198C0DE-0000-7000-8000-00000000ABCD', display_name, 'e@e.test', "
                    + "'E@E.TEST', 'e@e.test', 'E@E.TEST', 0, password_hash, security_stamp, concurrency_stamp, NULL, 0, 0, NULL, 0, 0, seal FROM account",
                connection
            );
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }
        var (code, output, _) = await MoatProgram.Run("verify", "--data", folder.Of("data"));
        Assert.Equal(1, code);
        Assert.Contains(
            "FAILED: The account 0198c0de-0000-7000-8000-00000000abcd, which belongs to no organisation",
            output,
            StringComparison.Ordinal
        );
    }

    private static string Hash() => new PasswordHasher<Account>().HashPassword(new Account(), Eves);

    private static (int Code, string Error) Ended((int Code, string Out, string Error) run) => (run.Code, run.Error);

    private static async Task<(HttpStatusCode, bool Told)> Refused(Browser browser, string password)
    {
        using var answer = await browser.Post(
            "/sign-in",
            ("email", "ada@acme.test"),
            ("password", password),
            ("code", "")
        );
        return (
            answer.StatusCode,
            (await answer.Content.ReadAsStringAsync()).Contains("moat user reset-password", StringComparison.Ordinal)
        );
    }
}
