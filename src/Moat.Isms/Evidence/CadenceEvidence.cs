using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Work.Cadences;

namespace Moat.Isms.Evidence;

/// <summary>Finds the evidence that cadences name as their proof.</summary>
public sealed class CadenceEvidence(MoatDb db) : ICadenceEvidence
{
    /// <inheritdoc />
    public Task<bool> Knows(string control, CancellationToken ct) =>
        db.Set<Control>().AnyAsync(c => c.Code == control, ct);

    /// <inheritdoc />
    public async Task<FoundProof?> Last(
        IReadOnlyCollection<string> controls,
        DateTime since,
        DateTime until,
        CancellationToken ct
    ) =>
        await (
            from link in db.Links
            where link.Type == LinkTypes.Evidences && link.CreatedAt > since && link.CreatedAt <= until
            join control in db.Set<Control>() on link.ToId equals control.Id
            where controls.Contains(control.Code)
            join item in db.Set<EvidenceItem>() on link.FromId equals item.Id
            where item.WithdrawnAt == null
            orderby link.CreatedAt descending
            select new FoundProof(link.CreatedAt, "EVD-" + item.Number + " for " + control.Code)
        ).FirstOrDefaultAsync(ct);
}
