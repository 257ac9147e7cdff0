using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;

namespace Moat.Isms.Documents;

/// <summary>
/// Who joins or has other work is asked to confirm what is in force and concerns it; who leaves is asked no more
/// (A.6.2).
/// </summary>
public sealed class ReadersOfDocuments(MoatDb db, Acknowledgements acknowledgements, Audiences audiences)
    : IPersonFollower
{
    /// <inheritdoc />
    public async Task Arrive(Person person, CancellationToken ct)
    {
        var asked = (
            await db.Set<Acknowledgement>()
                .Where(a => a.PersonId == person.Id && a.ReplacedAt == null)
                .Select(a => a.VersionId)
                .ToListAsync(ct)
        ).ToHashSet();
        var inForce = await (
            from version in db.Set<DocumentVersion>()
            where version.State == VersionState.Published
            join document in db.Set<Document>() on version.DocumentId equals document.Id
            where document.RetiredAt == null
            select new { document, version }
        ).ToListAsync(ct);
        foreach (var found in inForce.Where(f => !asked.Contains(f.version.Id)))
            if ((await audiences.Of(found.document.Audience, ct)).Any(p => p.Id == person.Id))
                await acknowledgements.Ask(found.document, found.version, person.Id, ct);
    }

    /// <inheritdoc />
    public async Task Leave(Person person, DateOnly on, CancellationToken ct)
    {
        foreach (
            var open in await db.Set<Acknowledgement>()
                .Where(a => a.PersonId == person.Id && a.ConfirmedAt == null && a.ReplacedAt == null)
                .ToListAsync(ct)
        )
            open.Replace(db.Now);
        await db.DropTasksOf(person, "acknowledge", ct);
    }
}
