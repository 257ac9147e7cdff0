using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Assets.Boms;

/// <summary>
/// Compares bills of materials with the register and applies them, inside the operations of those who have a bill.
/// </summary>
public sealed class BomDesk(MoatDb db, ClassificationFlow flow)
{
    /// <summary>What the bill would change.</summary>
    public async Task<BomResult> Compare(GivenFile file, CancellationToken ct)
    {
        var document = file.Read(BomReader.Read);
        return Told(document, await BomPlan.Make(db, document, ct), null);
    }

    /// <summary>Applies exactly what the comparison shows. The same bill again changes nothing.</summary>
    public async Task<BomResult> Apply(GivenFile file, CancellationToken ct)
    {
        var document = file.Read(BomReader.Read);
        var plan = await BomPlan.Make(db, document, ct);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Content));
        if (plan.Changes.Count == 0 && await db.Set<BillOfMaterials>().AnyAsync(b => b.Sha256 == sha256, ct))
            return Told(document, plan, null);
        await flow.Spread(await plan.Apply(ct), ct);
        var bill = await db.Enter(
            new BillOfMaterials
            {
                FileName = Path.GetFileName(file.Name).Cut(200),
                Format = document.Format,
                Serial = document.Serial.Cut(200),
                Sha256 = sha256,
                Summary = plan.Summary(),
            },
            ct
        );
        return Told(document, plan, bill.Ref);
    }

    private static BomResult Told(BomDocument document, BomPlan plan, string? reference) =>
        new(document.Format, document.Assets.Count, document.Others, plan.Changes, reference)
        {
            Remarks = [.. plan.Remarks, .. document.Remarks],
        };
}
