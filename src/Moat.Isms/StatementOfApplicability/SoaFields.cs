using Microsoft.EntityFrameworkCore;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Knowledge.Documents;

namespace Moat.Isms.StatementOfApplicability;

/// <summary>What documents say of the Statement of Applicability.</summary>
public sealed class SoaFields(MoatDb db) : IDocumentFieldSource
{
    /// <inheritdoc />
    public async Task Fill(DocumentFields fields, DocumentNames names, CancellationToken ct)
    {
        var soa = await db.Set<Soa>().OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct);
        fields.Set(
            "soa",
            "state",
            soa is null
                ? "no version is published yet"
                : $"version {soa.Number}, {DocumentWords.Approval(soa.ApprovedBy, soa.CreatedAt)}"
        );
    }
}
