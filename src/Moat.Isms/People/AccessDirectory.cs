using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.People;

/// <summary>An organisation somebody may enter.</summary>
public sealed record Entrance(string Slug, string Name, Role Role);

/// <summary>
/// Finds out for the doors who knocks. Reads only what says who may enter, before any permission is known.
/// </summary>
public sealed class AccessDirectory(MoatDb db, CurrentCaller current, ITransactions transactions, AccessMakers makers)
{
    /// <summary>The organisation of this slug, or none.</summary>
    public Task<Organization?> Organization(string slug, CancellationToken ct) =>
        db.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Slug == slug, ct);

    /// <summary>All organisations of the installation.</summary>
    public Task<List<Organization>> Organizations(CancellationToken ct) =>
        db.Organizations.AsNoTracking().OrderBy(o => o.Slug).ToListAsync(ct);

    /// <summary>The organisations an account may enter.</summary>
    public async Task<IReadOnlyList<Entrance>> EntrancesOf(Guid userId, CancellationToken ct)
    {
        await using var reading = await transactions.BeginAccountRead(db, userId, ct);
        return await (
            from member in Open()
            where member.UserId == userId
            join organization in db.Organizations on member.OrganizationId equals organization.Id
            orderby organization.Name
            select new Entrance(organization.Slug, organization.Name, member.Role)
        ).ToListAsync(ct);
    }

    /// <summary>The caller that an account is in an organisation, or null when it may not enter.</summary>
    public async Task<Caller?> Member(string slug, Guid userId, string name, string door, CancellationToken ct)
    {
        await using var reading = await transactions.BeginAccountRead(db, userId, ct);
        var found = await (
            from member in Open()
            where member.UserId == userId
            join organization in db.Organizations on member.OrganizationId equals organization.Id
            where organization.Slug == slug
            select new
            {
                organization.Id,
                member.Role,
                member.PersonId,
            }
        ).FirstOrDefaultAsync(ct);
        return found is null ? null : new Caller(found.Id, slug, userId, name, found.Role, found.PersonId, door);
    }

    /// <summary>
    /// The caller behind a token, or null when it is unknown, expired, revoked, or holds a value that no operation
    /// writes, which verification finds.
    /// </summary>
    public async Task<Caller?> Token(string token, string door, CancellationToken ct)
    {
        if (Secret.Read(token) is not { } read || await Organization(read.Organization, ct) is not { } organization)
            return null;
        current.Value = Caller.System(organization.Id, organization.Slug);
        await using var reading = await transactions.BeginRead(db, organization.Id, ct);
        var (hash, now) = (Secret.Hash(read.Secret), db.Now);
        ApiToken? found;
        try
        {
            found = await db.Set<ApiToken>()
                .AsNoTracking()
                .FirstOrDefaultAsync(t => t.SecretHash == hash && t.RevokedAt == null && t.ExpiresAt > now, ct);
        }
        catch (Exception e) when (ForeignValue.Explains(e))
        {
            return null;
        }
        return found is null
            ? null
            : new Caller(
                organization.Id,
                organization.Slug,
                found.Id,
                $"{found.Name} ({found.Ref})",
                found.Role,
                null,
                door
            );
    }

    /// <summary>
    /// The member with this e-mail, acting at the command line with their own role; null when nobody has it.
    /// </summary>
    public async Task<Caller?> Operator(Organization organization, string email, CancellationToken ct)
    {
        current.Value = Caller.System(organization.Id, organization.Slug);
        await using var reading = await transactions.BeginRead(db, organization.Id, ct);
        var folded = PeopleDirectory.Fold(email);
        var found = await (
            from member in Open()
            where member.Email == folded && member.OrganizationId == organization.Id
            join person in db.Set<Person>().AsNoTracking() on member.PersonId equals person.Id
            select new
            {
                member.UserId,
                member.Role,
                member.PersonId,
                person.Name,
            }
        ).FirstOrDefaultAsync(ct);
        return found is null
            ? null
            : new Caller(
                organization.Id,
                organization.Slug,
                found.UserId,
                found.Name,
                found.Role,
                found.PersonId,
                "cli"
            );
    }

    /// <summary>What an invitation says that can still be taken, or null.</summary>
    public async Task<OpenInvitation?> Invited(Organization organization, string secret, CancellationToken ct)
    {
        current.Value = Caller.System(organization.Id, organization.Slug);
        await using var reading = await transactions.BeginRead(db, organization.Id, ct);
        var (hash, now) = (Secret.Hash(secret), db.Now);
        var found = await db.Set<Invitation>()
            .AsNoTracking()
            .FirstOrDefaultAsync(i => i.SecretHash == hash && i.AcceptedAt == null && i.ExpiresAt > now, ct);
        return found is null
            ? null
            : new OpenInvitation(
                found.Name,
                found.Email,
                found.Role,
                found.Purpose,
                (await makers.Read(ct)).MakerOf(found.Ref)
            );
    }

    /// <summary>Whether an invitation can still be taken.</summary>
    public async Task<bool> IsOpen(Organization organization, string secret, CancellationToken ct)
    {
        current.Value = Caller.System(organization.Id, organization.Slug);
        await using var reading = await transactions.BeginRead(db, organization.Id, ct);
        var (hash, now) = (Secret.Hash(secret), db.Now);
        return await db.Set<Invitation>()
            .AsNoTracking()
            .AnyAsync(i => i.SecretHash == hash && i.AcceptedAt == null && i.ExpiresAt > now, ct);
    }

    private IQueryable<Membership> Open()
    {
        var today = db.Today;
        return db.Set<Membership>()
            .AsNoTracking()
            .IgnoreQueryFilters()
            .Where(m => m.RevokedAt == null && (m.Until == null || m.Until >= today));
    }
}
