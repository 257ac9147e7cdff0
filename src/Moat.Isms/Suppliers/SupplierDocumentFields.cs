using Microsoft.EntityFrameworkCore;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Knowledge.Documents;

namespace Moat.Isms.Suppliers;

/// <summary>What documents say of suppliers.</summary>
public sealed class SupplierDocumentFields(MoatDb db) : IDocumentFieldSource
{
    /// <inheritdoc />
    public async Task Fill(DocumentFields fields, DocumentNames names, CancellationToken ct)
    {
        var suppliers = await db.Set<Supplier>()
            .Where(s => s.Standing == Standing.Adopted && s.EndedOn == null)
            .OrderBy(s => s.Name)
            .Take(IDocumentFieldSource.MostRows)
            .ToListAsync(ct);
        fields.Set(
            "suppliers",
            suppliers.Select(s =>
                (string[])
                    [
                        s.Name,
                        s.Service,
                        s.Tier.Words(),
                        s.Gets ?? "not said yet",
                        DocumentWords.Day(s.NextAssessmentOn, "not assessed yet"),
                    ]
            )
        );
    }
}
