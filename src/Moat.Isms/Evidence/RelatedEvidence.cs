using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence;

/// <summary>Evidence as it stands beside what it shows.</summary>
public sealed class RelatedEvidence(MoatDb db) : IRelatedEvidence
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<Related>> Of(Guid shown, CancellationToken ct) =>
        await (
            from link in db.Links
            where link.ToId == shown && link.Type == LinkTypes.Evidences
            join item in db.Set<EvidenceItem>() on link.FromId equals item.Id
            where item.WithdrawnAt == null
            orderby item.Number descending
            select new Related("EVD-" + item.Number, item.Title, item.ValidUntil.ToString())
        ).ToListAsync(ct);
}
