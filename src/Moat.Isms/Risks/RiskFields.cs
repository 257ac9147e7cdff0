using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.Work;
using Moat.Knowledge;
using Moat.Knowledge.Documents;

namespace Moat.Isms.Risks;

/// <summary>What documents say of the method, of risks and of their treatment (6.1).</summary>
public sealed class RiskFields(MoatDb db, KnowledgeBase knowledge) : IDocumentFieldSource
{
    /// <inheritdoc />
    public async Task Fill(DocumentFields fields, DocumentNames names, CancellationToken ct)
    {
        await Method(fields, ct);
        var risks = await db.Set<Risk>()
            .Where(r => r.Standing == Standing.Adopted)
            .OrderByDescending(r => r.CurrentScore)
            .ThenBy(r => r.Number)
            .Take(IDocumentFieldSource.MostRows)
            .ToListAsync(ct);
        Register(fields, names, risks);
        await Treatments(fields, names, risks, ct);
    }

    private static void Register(DocumentFields fields, DocumentNames names, List<Risk> risks)
    {
        static string Score(int score) => score == 0 ? "not assessed" : DocumentWords.Number(score);
        fields.Set(
            "risks",
            risks.Select(r =>
                (string[])
                    [
                        r.Ref,
                        r.Title,
                        names.Name(r.OwnerId, r.Ref),
                        Score(r.InherentScore),
                        Score(r.CurrentScore),
                        Score(r.ResidualScore),
                        r.Treatment.Words(),
                        r.Consequence,
                        DocumentWords.Or(DocumentWords.Join(r.Harms), "not said yet"),
                        DocumentWords.Rating(r.InherentLikelihood, r.InherentImpact),
                        DocumentWords.Rating(r.CurrentLikelihood, r.CurrentImpact),
                        DocumentWords.Rating(r.ResidualLikelihood, r.ResidualImpact),
                    ]
            )
        );
    }

    private async Task Treatments(DocumentFields fields, DocumentNames names, List<Risk> risks, CancellationToken ct)
    {
        var controls = await TreatingControls(ct);
        var actions = await Actions([.. risks.Select(r => r.Id)], names, ct);
        fields.Set(
            "treatments",
            risks
                .Where(r => r.Treatment != TreatmentOption.Undecided)
                .Select(r =>
                    (string[])
                        [
                            r.Ref,
                            r.Title,
                            r.Treatment.Words(),
                            r.TreatmentPlan ?? "no plan yet",
                            DocumentWords.Or(string.Join(", ", controls[r.Id]), "none"),
                            DocumentWords.Or(string.Join("; ", actions[r.Id]), "none"),
                            names.Name(r.OwnerId, r.Ref),
                            r.AcceptedUntil is { } until
                                ? $"accepted until {DocumentWords.Day(until, "")}"
                                : "not accepted yet",
                        ]
                )
        );
    }

    private async Task<ILookup<Guid, string>> TreatingControls(CancellationToken ct) =>
        (
            await (
                from link in db.Links
                where link.Type == LinkTypes.Treats
                join control in db.Set<Control>() on link.FromId equals control.Id
                where control.Standing == Standing.Adopted
                select new { link.ToId, control.Code }
            ).ToListAsync(ct)
        ).ToLookup(c => c.ToId, c => c.Code);

    private async Task<ILookup<Guid, string>> Actions(List<Guid> risks, DocumentNames names, CancellationToken ct) =>
        (
            await db.Set<WorkItem>()
                .Where(t => t.Purpose == "action" && t.State != WorkState.Dropped && risks.Contains(t.SubjectId))
                .ToListAsync(ct)
        ).ToLookup(
            t => t.SubjectId,
            t =>
                $"{t.Title} ({names.Name(t.OwnerId, t.Title)}, {(t.State == WorkState.Done ? "done" : $"by {DocumentWords.Day(t.DueOn, "")}")})"
        );

    private async Task Method(DocumentFields fields, CancellationToken ct)
    {
        // While none is approved, a document shows the draft and says that nobody approved it.
        var method =
            await RiskMethod.InForce(db).FirstOrDefaultAsync(ct)
            ?? await db.Set<RiskMethod>()
                .Where(m => m.State == ApprovalState.Draft)
                .OrderByDescending(m => m.Number)
                .FirstOrDefaultAsync(ct);
        var drafted = knowledge.DraftedContext.Method;
        fields.Set("method", "criteria", method?.Criteria ?? drafted.Criteria);
        fields.Set("method", "appetite", DocumentWords.Number(method?.Appetite ?? drafted.Appetite));
        fields.Set("method", "high", DocumentWords.Number(method?.High ?? drafted.High));
        fields.Set("method", "approval", DocumentWords.Approval(method?.ApprovedBy, method?.ApprovedAt));
        fields.Set(
            "likelihood",
            (method?.LikelihoodScale ?? drafted.Likelihood).Select((m, i) => (string[])[DocumentWords.Number(i + 1), m])
        );
        fields.Set(
            "impact",
            (method?.ImpactScale ?? drafted.Impact).Select((m, i) => (string[])[DocumentWords.Number(i + 1), m])
        );
    }
}
