using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;

namespace Moat.Isms.Assets.Boms;

/// <summary>
/// Compares bills of materials with the register and applies them, inside the operations of those who have a bill.
/// </summary>
public sealed class BomDesk(MoatDb db, ClassificationFlow flow, IEnumerable<IBillVersions> versions)
{
    /// <summary>What the bill would change.</summary>
    public async Task<BomResult> Compare(GivenFile file, CancellationToken ct)
    {
        var document = file.Read(BomReader.Read);
        var plan = await BomPlan.Make(db, document, ct);
        return Told(document, plan, await Versions(document, plan, ct), null);
    }

    /// <summary>Applies exactly what the comparison shows. The same bill again changes nothing.</summary>
    public async Task<BomResult> Apply(GivenFile file, CancellationToken ct)
    {
        var document = file.Read(BomReader.Read);
        var plan = await BomPlan.Make(db, document, ct);
        var ofVersions = await Versions(document, plan, ct);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Bytes()));
        if (
            Changes(plan, ofVersions).Count == 0
            && await db.Set<BillOfMaterials>().AnyAsync(b => b.Sha256 == sha256, ct)
        )
            return Told(document, plan, ofVersions, null);
        await flow.Spread(await plan.Apply(ct), ct);
        var bill = await db.Enter(
            new BillOfMaterials
            {
                FileName = Path.GetFileName(file.Name).Cut(200),
                Format = document.Format,
                Serial = document.Serial.Cut(200),
                Sha256 = sha256,
                Summary = plan.Summary([.. ofVersions.SelectMany(v => v.Changes)]).Cut(1000),
            },
            ct
        );
        foreach (var part in ofVersions)
            await part.Apply(bill, plan.Known, ct);
        return Told(document, plan, ofVersions, bill.Ref);
    }

    private async Task<IReadOnlyList<IVersionPlan>> Versions(BomDocument document, BomPlan plan, CancellationToken ct)
    {
        var parts = new List<IVersionPlan>();
        foreach (var part in versions)
            parts.Add(await part.Plan(document, plan.Source, plan.Known, plan.IsLeft, ct));
        return parts;
    }

    private static IReadOnlyList<BomChange> Changes(BomPlan plan, IReadOnlyList<IVersionPlan> versions) =>
        [.. plan.Changes, .. versions.SelectMany(v => v.Changes)];

    private static BomResult Told(
        BomDocument document,
        BomPlan plan,
        IReadOnlyList<IVersionPlan> ofVersions,
        string? reference
    ) =>
        new(document.Format, document.Assets.Count, document.Others, Changes(plan, ofVersions), reference)
        {
            Remarks = [.. plan.Remarks, .. ofVersions.SelectMany(v => v.Remarks), .. document.Remarks],
        };
}
