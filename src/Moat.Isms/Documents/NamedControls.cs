using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;

namespace Moat.Isms.Documents;

/// <summary>Counts the documents in force that name a control.</summary>
public sealed class NamedControls(MoatDb db) : INamedControls
{
    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, int>> Count(CancellationToken ct)
    {
        var inForce = await (
            from document in db.Set<Document>()
            where document.Standing == Standing.Adopted && document.RetiredAt == null
            join version in db.Set<DocumentVersion>() on document.Id equals version.DocumentId
            where version.State == VersionState.Published
            select new { document.Id, document.Controls }
        ).ToListAsync(ct);
        return inForce.DistinctBy(d => d.Id).SelectMany(d => d.Controls).CountBy(c => c).ToDictionary();
    }
}
