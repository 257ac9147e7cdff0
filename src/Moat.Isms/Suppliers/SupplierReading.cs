using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Knowledge;

namespace Moat.Isms.Suppliers;

/// <summary>Reading suppliers: the register, and all of one.</summary>
[Process(SupplierRegister.Name, SupplierRegister.Summary)]
public sealed class SupplierReading(MoatDb db, KnowledgeBase knowledge)
{
    private static readonly Pager<Supplier> Pages = new(
        new SortKey<Supplier>("next", s => s.NextAssessmentOn ?? SortKey.Never)
    );

    /// <summary>A page of the suppliers.</summary>
    [Query("list", Permission.ReadIsms, "List suppliers with tier and next assessment")]
    public Task<Page<SupplierRow>> List(ListSuppliers input, CancellationToken ct)
    {
        var query = db.Set<Supplier>().Of(input.Standing);
        if (input.Tier is { } tier)
            query = query.Where(s => s.Tier == tier);
        if (!input.Ended)
            query = query.Where(s => s.EndedOn == null);
        var people = db.Set<Person>();
        return Pages.Page(
            db,
            query,
            input,
            s => new SupplierRow(
                "SUP-" + s.Number,
                s.Version,
                s.Name,
                s.Service,
                s.Tier,
                s.DataClass,
                s.TrainsOnOurData,
                people.Where(p => p.Id == s.OwnerId).Select(p => p.Name).FirstOrDefault(),
                s.AssessedOn,
                s.NextAssessmentOn,
                s.ContractEndsOn,
                s.EndedOn,
                s.Standing,
                s.WhyProposed
            ),
            ct
        );
    }

    /// <summary>One supplier with certificates, questionnaires and the assets that depend on it.</summary>
    [Query("get", Permission.ReadIsms, "Read a supplier: contract, certificates, answers, and what depends on it")]
    public async Task<SupplierView> Get(OneRecord input, CancellationToken ct)
    {
        var s = await db.One<Supplier>(input.Ref, ct);
        var owner = await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == s.OwnerId, ct);
        return new SupplierView(
            Row(s, owner?.Name),
            owner?.Ref,
            s.Gets,
            s.StopsUs,
            s.Contract,
            s.DataAgreement,
            s.Countries,
            s.Subprocessors,
            s.ExitPlan,
            s.Judgement,
            s.CycleDays,
            await Dependent(s, ct),
            await Certificates(s, ct),
            await Questionnaires(s, ct)
        );
    }

    private static SupplierRow Row(Supplier s, string? owner) =>
        new(
            s.Ref,
            s.Version,
            s.Name,
            s.Service,
            s.Tier,
            s.DataClass,
            s.TrainsOnOurData,
            owner,
            s.AssessedOn,
            s.NextAssessmentOn,
            s.ContractEndsOn,
            s.EndedOn,
            s.Standing,
            s.WhyProposed
        );

    private Task<List<Related>> Dependent(Supplier s, CancellationToken ct) =>
        (
            from link in db.Links
            where link.Type == LinkTypes.SuppliedBy && link.ToId == s.Id
            join asset in db.Set<Asset>() on link.FromId equals asset.Id
            orderby asset.Number
            select new Related("AST-" + asset.Number, asset.Name, asset.CrownJewel ? "crown jewel" : "")
        ).ToListAsync(ct);

    private Task<List<CertificateView>> Certificates(Supplier s, CancellationToken ct) =>
        db.Set<SupplierCertificate>()
            .Where(c => c.SupplierId == s.Id)
            .OrderByDescending(c => c.Until)
            .Select(c => new CertificateView(
                "CERT-" + c.Number,
                c.Title,
                c.Issuer,
                c.From,
                c.Until,
                c.Scope,
                c.Exceptions,
                c.FileName,
                c.FileSha256
            ))
            .ToListAsync(ct);

    private async Task<IReadOnlyList<QuestionnaireView>> Questionnaires(Supplier s, CancellationToken ct)
    {
        var asked = await db.Set<SupplierQuestionnaire>()
            .Where(q => q.SupplierId == s.Id)
            .OrderByDescending(q => q.Number)
            .Take(20)
            .ToListAsync(ct);
        return
        [
            .. asked.Select(q => new QuestionnaireView(
                q.Ref,
                q.SentTo,
                q.CreatedAt,
                q.ExpiresAt,
                q.AnsweredBy,
                q.AnsweredAt,
                Questions(q)
            )),
        ];
    }

    private List<AnsweredQuestion> Questions(SupplierQuestionnaire asked)
    {
        var answers = asked.Answers.Select(a => a.Split('=', 2)).ToDictionary(a => a[0], a => a[1]);
        return
        [
            .. asked.Questions.Select(id => new AnsweredQuestion(
                id,
                knowledge.SupplierQuestions.FirstOrDefault(q => q.Id == id)?.Ask ?? id,
                answers.GetValueOrDefault(id)
            )),
        ];
    }
}
