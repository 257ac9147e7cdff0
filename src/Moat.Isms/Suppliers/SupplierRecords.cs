using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;

namespace Moat.Isms.Suppliers;

/// <summary>
/// Assessments of suppliers (A.5.19-A.5.22). The supplier keeps the last one; the journal proves the days of all.
/// </summary>
public sealed class SupplierRecords(MoatDb db) : IOwnRecords
{
    private const string Assessed = "suppliers.assess";

    /// <inheritdoc />
    public string Source => "supplier-assessments";

    /// <inheritdoc />
    public string CountsWhen => "An assessment of a supplier whose judgement says what was looked at.";

    /// <inheritdoc />
    public async Task<IReadOnlyList<OwnRecord>> Read(DateTime since, CancellationToken ct)
    {
        var suppliers = await db.Set<Supplier>()
            .Where(s => s.Standing == Standing.Adopted && s.Judgement != null)
            .Select(s => new
            {
                s.Number,
                s.Name,
                s.Judgement,
            })
            .ToDictionaryAsync(s => $"SUP-{s.Number}", ct);
        var entries = await db
            .Journal.Where(e => e.Operation == Assessed && e.At >= since)
            .Select(e => new { e.At, e.Subjects })
            .ToListAsync(ct);
        return
        [
            .. from entry in entries
            let reference = entry.Subjects.Split(' ').FirstOrDefault(suppliers.ContainsKey)
            where reference is not null
            let supplier = suppliers[reference]
            select new OwnRecord(
                reference,
                $"Assessment of {supplier.Name}",
                entry.At,
                Lacking: Substance.Says(supplier.Judgement, 4) ? null : "does not say what was looked at"
            ),
        ];
    }
}
