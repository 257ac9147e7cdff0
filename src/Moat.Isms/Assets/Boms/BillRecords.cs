using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Assets.Boms;

/// <summary>Bills of materials that were taken in (A.5.21).</summary>
public sealed class BillRecords(MoatDb db) : IOwnRecords
{
    /// <inheritdoc />
    public string Source => "bills-of-materials";

    /// <inheritdoc />
    public string CountsWhen => "A CycloneDX or SPDX bill of a model that was read into the register.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct) =>
        [
            .. (
                await db.Set<BillOfMaterials>()
                    .Where(b => b.CreatedAt >= since)
                    .Select(b => new
                    {
                        b.Number,
                        b.FileName,
                        b.CreatedAt,
                    })
                    .ToListAsync(ct)
            ).Select(b => new OwnRecord($"BOM-{b.Number}", b.FileName, b.CreatedAt)),
        ];
}
