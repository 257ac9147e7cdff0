using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;
using Moat.Isms.People;
using Moat.Isms.Work;

namespace Moat.Isms.Suppliers;

/// <summary>Suppliers: what they get, what depends on them, how far they were looked at (A.5.19-A.5.23).</summary>
[Process(Name, Summary)]
public sealed class SupplierRegister(
    MoatDb db,
    CurrentCaller caller,
    WorkList work,
    RecordFinder records,
    IBlobStore blobs
)
{
    internal const string Name = "suppliers";
    internal const string Summary =
        "Suppliers by what could be lost through them: contracts, certificates, questionnaires, assessments, exit (A.5.19-A.5.23).";

    /// <summary>Enters a supplier.</summary>
    [Operation("create", Permission.EditSuppliers, "Enter a supplier")]
    public async Task<Done> Create(CreateSupplier input, CancellationToken ct)
    {
        var supplier = await db.Enter(
            new Supplier
            {
                Name = input.Name,
                Service = input.Service,
                Gets = input.Gets,
                DataClass = input.DataClass,
                StopsUs = input.StopsUs,
                OwnerId = await db.OwnerId(input.Owner, ct),
            },
            ct
        );
        supplier.Rank();
        await AskForAssessment(supplier, ct);
        return new Done(supplier);
    }

    /// <summary>Changes what is known of a supplier.</summary>
    [Operation("edit", Permission.EditSuppliers, "Change what is known of a supplier; a changed proposal is adopted")]
    public async Task<Done> Edit(EditSupplier input, CancellationToken ct)
    {
        var supplier = await db.One<Supplier>(input, ct);
        supplier.Name = input.Name ?? supplier.Name;
        supplier.Service = input.Service ?? supplier.Service;
        if (input.Owner is not null)
            supplier.OwnerId = await db.OwnerId(input.Owner, ct);
        Fill(supplier, input);
        supplier.Rank();
        supplier.Adopt();
        if (input.Assets is not null)
            await Depend(supplier, input.Assets, ct);
        if (supplier.EndedOn is null)
            await AskForAssessment(supplier, ct);
        else
            await work.Settle(supplier, "assess-supplier", "The relation ended.", ct);
        return new Done(supplier);
    }

    /// <summary>Keeps what an assessment came to, and plans the next.</summary>
    [Operation(
        "assess",
        Permission.EditSuppliers,
        "Keep what an assessment of a supplier came to; its tier decides when the next is due"
    )]
    public async Task<Done> Assess(AssessSupplier input, CancellationToken ct)
    {
        var supplier = await db.One<Supplier>(input, ct);
        if (supplier.DataClass == 0)
            throw new RuleBroken(
                "suppliers.assess.class",
                "Say first which class of data or models it gets; the tier follows from it."
            );
        if (supplier.Tier >= SupplierTier.High && string.IsNullOrWhiteSpace(supplier.ExitPlan))
            throw new RuleBroken(
                "suppliers.assess.exit",
                $"A supplier of tier {supplier.Tier.Words()} needs an exit plan before it can be judged (A.5.23)."
            );
        supplier.Assess(input.Judgement, db.Today);
        supplier.Adopt();
        await work.Settle(supplier, "assess-supplier", input.Judgement.Cut(500), ct);
        await AskForAssessment(supplier, ct);
        return new Done(supplier);
    }

    /// <summary>Keeps a certificate or report, with its period and exceptions.</summary>
    [Operation(
        "add-certificate",
        Permission.EditSuppliers,
        "Keep a supplier's certificate or report, with its period, scope and exceptions"
    )]
    public async Task<Done> AddCertificate(AddSupplierCertificate input, CancellationToken ct)
    {
        if (input.Until < input.From)
            throw new InputInvalid("until", "The period ends before it begins.");
        var supplier = await db.One<Supplier>(input.Ref, ct);
        var shown = await db.Controls(input.Controls, ct);
        var sha256 = await blobs.Put(caller.OrganizationId, input.File, ct);
        var certificate = await db.Enter(
            new SupplierCertificate
            {
                SupplierId = supplier.Id,
                Title = input.Title,
                Issuer = input.Issuer,
                From = input.From,
                Until = input.Until,
                Scope = input.Scope,
                Exceptions = input.Exceptions,
                FileName = input.File?.Name,
                FileSha256 = sha256,
            },
            ct
        );
        foreach (var control in shown)
            await db.Connect(certificate, LinkTypes.Evidences, control, ct);
        await work.Ensure(
            supplier,
            "renew-certificate",
            $"Ask {supplier.Name} for the report after {input.Title}",
            "A certificate that ended shows nothing.",
            supplier.OwnerId,
            input.Until,
            ct
        );
        return new Done(certificate);
    }

    private static void Fill(Supplier supplier, SupplierFields input)
    {
        supplier.Gets = input.Gets ?? supplier.Gets;
        supplier.DataClass = input.DataClass ?? supplier.DataClass;
        supplier.StopsUs = input.StopsUs ?? supplier.StopsUs;
        supplier.Contract = input.Contract ?? supplier.Contract;
        supplier.ContractEndsOn = input.ContractEndsOn ?? supplier.ContractEndsOn;
        supplier.DataAgreement = input.DataAgreement ?? supplier.DataAgreement;
        supplier.Countries = input.Countries ?? supplier.Countries;
        supplier.Subprocessors = input.Subprocessors ?? supplier.Subprocessors;
        supplier.TrainsOnOurData = input.TrainsOnOurData ?? supplier.TrainsOnOurData;
        supplier.ExitPlan = input.ExitPlan ?? supplier.ExitPlan;
        supplier.EndedOn = input.EndedOn ?? supplier.EndedOn;
    }

    private async Task Depend(Supplier supplier, List<string> references, CancellationToken ct)
    {
        var assets = references.Count == 0 ? [] : await records.All(references, ct);
        if (assets.Any(a => a is not Asset))
            throw new InputInvalid("assets", "Name assets, such as AST-3.");
        var links = await db.Links.Where(l => l.Type == LinkTypes.SuppliedBy && l.ToId == supplier.Id).ToListAsync(ct);
        db.RemoveRange(links.Where(l => assets.All(a => a.Id != l.FromId)));
        foreach (var asset in assets)
            await db.Connect(asset, LinkTypes.SuppliedBy, supplier, ct);
    }

    private Task AskForAssessment(Supplier supplier, CancellationToken ct) =>
        work.Ensure(
            supplier,
            "assess-supplier",
            $"Assess {supplier.Name}",
            $"Tier {supplier.Tier.Words()}: looked at every {supplier.CycleDays} days (A.5.22).",
            supplier.OwnerId,
            supplier.NextAssessmentOn ?? db.Today.AddDays(30),
            ct
        );
}
