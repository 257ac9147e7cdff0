using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Storage.Accounts;

namespace Moat.Hosting.Accounts;

/// <summary>
/// Makes accounts, founds organisations with them and lets invited people in; shared by the set-up pages and the
/// command line.
/// </summary>
public sealed class AccountDesk(
    UserManager<Account> accounts,
    AccountsDb db,
    IsmsSession session,
    CurrentCaller current
)
{
    /// <summary>Whether nobody has an account yet.</summary>
    public async Task<bool> IsEmpty(CancellationToken ct) => !await db.Users.AnyAsync(ct);

    /// <summary>
    /// Makes an account. Throws <see cref="InputInvalid"/> when e-mail or password are not acceptable.
    /// </summary>
    public async Task<Account> Create(string email, string name, string password)
    {
        var account = new Account
        {
            Id = Guid.CreateVersion7(),
            UserName = PeopleDirectory.Fold(email),
            Email = PeopleDirectory.Fold(email),
            DisplayName = name.Trim(),
        };
        Check(await accounts.CreateAsync(account, password));
        return account;
    }

    /// <summary>The account with this e-mail, or none.</summary>
    public Task<Account?> Find(string email) => accounts.FindByEmailAsync(PeopleDirectory.Fold(email));

    /// <summary>Founds an organisation with the account as its first owner.</summary>
    public async Task Found(string slug, string name, Account owner, string door, CancellationToken ct)
    {
        current.Value = Caller.System(Guid.CreateVersion7(), slug, door);
        await session.Run(
            session.Of<OrganizationProcess>().Found,
            new FoundOrganization
            {
                Slug = slug,
                Name = name,
                UserId = owner.Id,
                Email = owner.Email!,
                OwnerName = NameOf(owner),
            },
            ct
        );
    }

    /// <summary>Founds an organisation with a new account as its first owner: both, or neither.</summary>
    public async Task<Account> FoundAnew(
        string slug,
        string name,
        (string Email, string Name, string Password) owner,
        string door,
        CancellationToken ct
    )
    {
        var account = await Create(owner.Email, owner.Name, owner.Password);
        try
        {
            await Found(slug, name, account, door, ct);
            return account;
        }
        catch
        {
            await accounts.DeleteAsync(account);
            throw;
        }
    }

    /// <summary>Takes an invitation with the account.</summary>
    public async Task Join(Organization organization, string secret, Account account, CancellationToken ct)
    {
        current.Value = Caller.System(organization.Id, organization.Slug, "ui");
        await session.Run(
            session.Of<AccessProcess>().Join,
            new TakeInvitation
            {
                Secret = secret,
                UserId = account.Id,
                Email = account.Email!,
            },
            ct
        );
    }

    /// <summary>Throws the first thing that is wrong as an input error.</summary>
    public static void Check(IdentityResult result)
    {
        if (result.Succeeded)
            return;
        throw new InputInvalid([
            .. result.Errors.Select(e => new FieldError(
                e.Code.StartsWith("Password", StringComparison.Ordinal) ? "password" : "email",
                e.Description
            )),
        ]);
    }

    private static string NameOf(Account account) =>
        account.DisplayName.Length > 1 ? account.DisplayName : account.Email!;
}
