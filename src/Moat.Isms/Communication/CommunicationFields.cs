using Microsoft.EntityFrameworkCore;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Knowledge.Documents;

namespace Moat.Isms.Communication;

/// <summary>What documents say of the communication plan (7.4).</summary>
public sealed class CommunicationFields(MoatDb db) : IDocumentFieldSource
{
    /// <inheritdoc />
    public async Task Fill(DocumentFields fields, DocumentNames names, CancellationToken ct)
    {
        var entries = await db.Set<CommunicationEntry>()
            .Where(c => c.Standing == Standing.Adopted)
            .OrderBy(c => c.Number)
            .Take(IDocumentFieldSource.MostRows)
            .ToListAsync(ct);
        fields.Set(
            "communications",
            entries.Select(c =>
                (string[])
                    [
                        c.What,
                        c.When,
                        c.WithWhom,
                        c.OwnerId is null ? names.RoleTitle(c.OwnerRole) : names.Name(c.OwnerId, c.What),
                        c.How,
                    ]
            )
        );
    }
}
