using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;

namespace Moat.Isms.People;

/// <summary>The organisation itself.</summary>
[Process("organizations", "The organisation itself: founding it with its first owner.")]
public sealed class OrganizationProcess(MoatDb db, CurrentCaller caller, PeopleDirectory people, JournalKeys keys)
{
    /// <summary>Founds the caller's organisation with its first owner.</summary>
    [Operation("found", Permission.System, "Found an organisation with its first owner")]
    public async Task<Done> Found(FoundOrganization input, CancellationToken ct)
    {
        if (await db.Organizations.AnyAsync(o => o.Slug == input.Slug, ct))
            throw new InputInvalid("slug", $"There is already an organisation '{input.Slug}'.");
        db.Add(
            new Organization
            {
                Id = caller.OrganizationId,
                Slug = input.Slug,
                Name = input.Name,
                CreatedAt = db.Now,
            }
        );
        // The first entry of a journal names the key that signs it, so that another one needs an entry of its own.
        var key = keys.ForNewJournal(othersExist: await db.Organizations.AnyAsync(ct));
        await db.Enter(new SigningKey { VerifierKey = key.Verifier.ToString() }, ct);
        var owner = await people.Enter(input.OwnerName, input.Email, ct);
        return new Done(
            await db.Enter(
                new Membership
                {
                    UserId = input.UserId,
                    Email = owner.Email,
                    PersonId = owner.Id,
                    Role = Role.Owner,
                },
                ct
            )
        );
    }
}
