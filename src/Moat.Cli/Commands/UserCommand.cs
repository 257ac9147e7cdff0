using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Moat.Hosting.Accounts;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Storage.Accounts;

namespace Moat.Cli.Commands;

/// <summary>Accounts, for the operator of the machine.</summary>
internal static class UserCommand
{
    private static readonly Argument<string> Email = new("email") { Description = "The account's e-mail" };

    public static Command Make()
    {
        var reset = new Command(
            "reset-password",
            "Give an account a new password, sign it out everywhere, lift its pause and turn its authenticator off"
        )
        {
            Email,
            Installation.Data,
            Installation.Postgres,
        };
        reset.SetAction(
            async (parsed, ct) =>
            {
                await using var installation = Installation.OpenExisting(Installation.Storage(parsed));
                await using var scope = installation.Scope();
                var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
                var account =
                    await scope.ServiceProvider.GetRequiredService<AccountDesk>().Find(parsed.GetValue(Email)!)
                    ?? throw new NotFound("such account");
                // A seal of another key than the journal's would keep the account out.
                await scope.ServiceProvider.GetRequiredService<JournalKeyCheck>().MustHold(ct);
                if (await scope.ServiceProvider.GetRequiredService<SealedAccounts>().Mend(account, ct))
                    await Console.Error.WriteLineAsync(
                        "This account was changed in the database and not by Moat. Whoever changed it does not get in "
                            + "with the new password; find out who can write to the database."
                    );
                var password = InitCommand.NewPassword();
                AccountDesk.Check(
                    await accounts.ResetPasswordAsync(
                        account,
                        await accounts.GeneratePasswordResetTokenAsync(account),
                        password
                    )
                );
                await scope.ServiceProvider.GetRequiredService<GuessLimits>().Unlock(account, ct);
                await scope.ServiceProvider.GetRequiredService<AccountSessions>().EndAll(account.Id, except: null, ct);
                AccountDesk.Check(await accounts.SetTwoFactorEnabledAsync(account, false));
                Console.WriteLine(password);
                return 0;
            }
        );
        return new Command("user", "Accounts of the installation") { reset };
    }
}
