using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Audits;
using Moat.Isms.Context;
using Moat.Isms.Documents;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using Moat.Isms.Reviews;
using Moat.Isms.Risks;
using Moat.Isms.Work;

namespace Moat.Isms.Leadership;

/// <summary>
/// Finds what only those who lead can decide: risks to accept, decisions that are overdue, approvals that wait.
/// </summary>
public sealed class WantedDecisions(MoatDb db, ObjectiveReading objectives)
{
    private const int DaysAhead = 30;

    /// <summary>All of it, what presses most first.</summary>
    public async Task<IReadOnlyList<DecisionWanted>> Find(CancellationToken ct) =>
        [
            .. await Reviews(ct),
            .. await Risks(ct),
            .. await Approvals(ct),
            .. await Findings(ct),
            .. await Objectives(ct),
            .. await Improvements(ct),
        ];

    private async Task<IEnumerable<DecisionWanted>> Reviews(CancellationToken ct)
    {
        var today = db.Today;
        var late = await db.Set<ManagementReview>()
            .Where(r => r.HeldOn == null && r.ScheduledOn < today)
            .OrderBy(r => r.ScheduledOn)
            .ToListAsync(ct);
        var overdue = await db.Set<WorkItem>()
            .Where(t => t.State == WorkState.Open && t.Purpose == DecisionDesk.Purpose && t.DueOn < today)
            .OrderBy(t => t.DueOn)
            .ToListAsync(ct);
        var minutes = await db.Set<ManagementReview>()
            .Where(r => r.State == ReviewState.Held)
            .OrderBy(r => r.HeldOn)
            .ToListAsync(ct);
        return
        [
            .. late.Select(r =>
                Wanted(r, $"The review was due on {Day(r.ScheduledOn)} and was not held. Hold it or move it.")
            ),
            .. overdue.Select(t =>
                Wanted(
                    t,
                    $"Decided in {t.SubjectRef}, overdue since {Day(t.DueOn)}. See it done, give it to somebody else, or decide again."
                )
            ),
            .. minutes.Select(r => Wanted(r, "The minutes wait for approval.")),
        ];
    }

    private async Task<IEnumerable<DecisionWanted>> Risks(CancellationToken ct)
    {
        var (today, soon) = (db.Today, db.Today.AddDays(DaysAhead));
        var (appetite, _) = await RiskLimits.InForce(db, ct);
        var risks = await db.Set<Risk>()
            .Where(r =>
                r.Standing == Standing.Adopted
                && r.CurrentScore > 0
                && (
                    (r.CurrentScore > appetite && r.Treatment == TreatmentOption.Undecided)
                    || (r.ResidualScore > appetite && (r.AcceptedUntil == null || r.AcceptedUntil < today))
                    || (r.AcceptedUntil >= today && r.AcceptedUntil <= soon)
                )
            )
            .OrderByDescending(r => r.CurrentScore)
            .ThenBy(r => r.Number)
            .ToListAsync(ct);
        return risks.Select(r =>
            Wanted(
                r,
                r switch
                {
                    { Treatment: TreatmentOption.Undecided } when r.CurrentScore > appetite =>
                        $"{r.CurrentScore} today, above the appetite of {appetite}, and nobody decided what to do about it.",
                    { AcceptedUntil: { } until } when until >= today =>
                        $"Its acceptance ends on {Day(until)}. Accept what remains again, or treat it.",
                    _ =>
                        $"{r.ResidualScore} remain after treatment, above the appetite of {appetite}. Somebody accepts it in writing, or it is treated further.",
                }
            )
        );
    }

    private async Task<IEnumerable<DecisionWanted>> Approvals(CancellationToken ct)
    {
        var scopes = await db.Set<Scope>()
            .Where(s => s.Standing == Standing.Adopted && s.State == ApprovalState.Draft)
            .ToListAsync(ct);
        var methods = await db.Set<RiskMethod>().Where(m => m.State == ApprovalState.Draft).ToListAsync(ct);
        var documents = await (
            from version in db.Set<DocumentVersion>()
            where
                version.State == VersionState.InReview
                && !db.Set<DocumentReview>()
                    .Any(r => r.VersionId == version.Id && r.Round == version.Round && r.Verdict != Verdict.Approves)
            join document in db.Set<Document>() on version.DocumentId equals document.Id
            where document.RetiredAt == null
            orderby document.Number
            select document
        ).ToListAsync(ct);
        return
        [
            .. scopes.Select(s =>
                Wanted(s, "A version of the scope waits for approval; everything else refers to it.")
            ),
            .. methods.Select(m => Wanted(m, "A version of the risk method waits for approval.")),
            .. documents.Select(d => Wanted(d, "Every reviewer agreed; it waits for approval.")),
        ];
    }

    private async Task<IEnumerable<DecisionWanted>> Findings(CancellationToken ct)
    {
        var contested = await db.Set<Finding>()
            .Where(f => f.State == FindingState.Contested)
            .OrderBy(f => f.Number)
            .ToListAsync(ct);
        return contested.Select(f =>
            Wanted(f, $"{f.AnsweredBy} contests what {f.RaisedBy} found: {f.Answer} Hear both, then settle it.")
        );
    }

    private async Task<IEnumerable<DecisionWanted>> Objectives(CancellationToken ct)
    {
        var missed = (await objectives.Of(db.Set<Objective>().Pursued(), ct))
            .Where(o => o.State == ObjectiveState.Missed)
            .ToList();
        return missed.Select(o => new DecisionWanted(
            o.Ref,
            "objectives",
            o.Title,
            "The target was missed. Keep it and pay for it, change it, or drop it."
        ));
    }

    private async Task<IEnumerable<DecisionWanted>> Improvements(CancellationToken ct)
    {
        var ideas = await db.Set<Improvement.Improvement>()
            .Where(i => i.State == ImprovementState.Proposed)
            .OrderBy(i => i.ProposedOn)
            .ThenBy(i => i.Number)
            .ToListAsync(ct);
        return ideas.Select(i =>
            Wanted(i, $"An idea of {i.ProposedBy}. Give it an owner and a date, or decline it with a reason.")
        );
    }

    private static DecisionWanted Wanted(Referenced record, string why) =>
        new(record.Ref, RecordKind.Of(record.GetType()).Process, record.Caption, why);

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
