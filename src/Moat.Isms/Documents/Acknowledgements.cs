using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;

namespace Moat.Isms.Documents;

/// <summary>Asks people to acknowledge what came into force, within other operations.</summary>
public sealed class Acknowledgements(MoatDb db, Audiences audiences, WorkList work)
{
    private const int DaysToRead = 14;

    /// <summary>
    /// Asks the audience about a version; what was asked about earlier ones and not confirmed becomes moot.
    /// </summary>
    public async Task Ask(Document document, DocumentVersion version, CancellationToken ct)
    {
        await Drop(document, ct);
        foreach (var person in await audiences.Of(document.Audience, ct))
            await Ask(document, version, person.Id, ct);
    }

    /// <summary>Asks one person, who may have come later than the version.</summary>
    public async Task Ask(Document document, DocumentVersion version, Guid person, CancellationToken ct)
    {
        var due = db.Today.AddDays(DaysToRead);
        var asked = await db.Enter(
            new Acknowledgement
            {
                DocumentId = document.Id,
                VersionId = version.Id,
                What = $"{document.Title} {version.Edition}",
                PersonId = person,
                DueOn = due,
                Sha256 = version.Sha256,
            },
            ct
        );
        await work.Ensure(
            asked,
            "acknowledge",
            $"Read and confirm {document.Title} {version.Edition}",
            "It is in force and concerns your work.",
            person,
            due,
            ct
        );
    }

    /// <summary>Ends what is asked about a document and not confirmed.</summary>
    public async Task Drop(Document document, CancellationToken ct)
    {
        foreach (
            var open in await db.Set<Acknowledgement>()
                .Where(a => a.DocumentId == document.Id && a.ConfirmedAt == null && a.ReplacedAt == null)
                .ToListAsync(ct)
        )
        {
            open.Replace(db.Now);
            await work.Settle(open, "acknowledge", "A later version is in force.", ct);
        }
    }
}
