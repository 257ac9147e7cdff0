using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Context;
using Moat.Isms.Controls;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.Leadership;
using Moat.Isms.Objectives;
using Moat.Isms.Processes.Flow;
using Moat.Isms.Risks;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms.Readiness;

/// <summary>How many records of a kind there are, how many of them satisfy something, and when the last one changed.</summary>
public sealed record Counted(int All, int Good, DateTime? Last);

/// <summary>Everything readiness is computed from, read in a fixed number of statements whatever the size of the registers.</summary>
public sealed class ReadinessFacts
{
    /// <summary>The day of the computation.</summary>
    public required DateOnly Today { get; init; }
    /// <summary>When the interview was completed.</summary>
    public required DateTime? ProfileCompleted { get; init; }
    /// <summary>Adopted internal issues (all) and external ones (good).</summary>
    public required Counted Issues { get; init; }
    /// <summary>Whether climate change was decided on.</summary>
    public required bool ClimateDecided { get; init; }
    /// <summary>Adopted interested parties.</summary>
    public required Counted Parties { get; init; }
    /// <summary>Adopted obligations.</summary>
    public required Counted Obligations { get; init; }
    /// <summary>Approved scopes and when the last was approved.</summary>
    public required Counted Scopes { get; init; }
    /// <summary>Adopted roles, those with a holder.</summary>
    public required Counted Roles { get; init; }
    /// <summary>Commitments of management.</summary>
    public required Counted Commitments { get; init; }
    /// <summary>Approved versions of the risk method.</summary>
    public required Counted Methods { get; init; }
    /// <summary>The appetite in force.</summary>
    public required int Appetite { get; init; }
    /// <summary>Adopted assets, those with an owner.</summary>
    public required Counted Assets { get; init; }
    /// <summary>Adopted risks, those assessed; last assessment.</summary>
    public required Counted Risks { get; init; }
    /// <summary>The oldest assessment of an adopted risk.</summary>
    public required DateTime? OldestAssessment { get; init; }
    /// <summary>Assessed risks above the appetite, those with a treatment.</summary>
    public required Counted Treated { get; init; }
    /// <summary>Retained risks and those whose residual risk is above the appetite; those with a valid acceptance.</summary>
    public required Counted Accepted { get; init; }
    /// <summary>Assessments in the last year beyond the first of each risk.</summary>
    public required int Reassessments { get; init; }
    /// <summary>Applicable controls, those with an owner.</summary>
    public required Counted ControlsOwned { get; init; }
    /// <summary>Applicable controls, those implemented.</summary>
    public required Counted ControlsImplemented { get; init; }
    /// <summary>Published statements of applicability.</summary>
    public required Counted Soas { get; init; }
    /// <summary>Adopted objectives, those with owner and date.</summary>
    public required Counted Objectives { get; init; }
    /// <summary>Evidence, that which counts today.</summary>
    public required Counted Evidence { get; init; }
    /// <summary>Open tasks, those not overdue.</summary>
    public required Counted OpenWork { get; init; }
    /// <summary>Closed tasks.</summary>
    public required Counted ClosedWork { get; init; }
    /// <summary>Open actions of treatment plans, those not overdue.</summary>
    public required Counted Actions { get; init; }
    /// <summary>When something last flowed through each interaction of two processes; null where nothing ever did.</summary>
    public required IReadOnlyList<DateTime?> LastFlows { get; init; }
    /// <summary>How many interactions are broken.</summary>
    public required int BrokenFlows { get; init; }
    /// <summary>When a risk last changed because of something learned.</summary>
    public required DateTime? LastLearning { get; init; }

    /// <summary>Documents, people, communication and suppliers.</summary>
    public required SupportFacts Support { get; init; }

    /// <summary>Objectives' numbers and what was made of them.</summary>
    public required MeasuringFacts Measuring { get; init; }

    /// <summary>The audit programme, audits and their findings.</summary>
    public required AuditFacts Audits { get; init; }

    /// <summary>Incidents, their clocks, and exercises.</summary>
    public required ResponseFacts Response { get; init; }

    /// <summary>Nonconformities, actions, improvements and changes.</summary>
    public required ImprovingFacts Improving { get; init; }
    /// <summary>Management reviews and what became of their decisions.</summary>
    public required ReviewFacts Reviews { get; init; }
    /// <summary>What comes round.</summary>
    public required WorkFacts Work { get; init; }

    /// <summary>Reads the facts.</summary>
    public static async Task<ReadinessFacts> Read(MoatDb db, CancellationToken ct)
    {
        var today = db.Today;
        var yearAgo = db.Now.AddYears(-1);
        var (appetite, _) = await RiskLimits.InForce(db, ct);
        var adoptedRisks = db.Set<Risk>().Where(r => r.Standing == Standing.Adopted);
        var applicable = db.Set<Control>().Where(c => c.Standing == Standing.Adopted && c.Applicability == Applicability.Applicable);
        var flow = await new FlowReading(db, KnowledgeBase.Shipped).Between(today.AddYears(-1).AddDays(1), today, ct);
        return new ReadinessFacts
        {
            Today = today,
            ProfileCompleted = await db.Set<CompanyProfile>().Select(p => p.CompletedAt).FirstOrDefaultAsync(ct),
            Issues = await db.Count(
                db.Set<ContextIssue>().Where(i => i.Standing == Standing.Adopted)
                    .Select(i => new Fact { Good = i.Side == IssueSide.External, At = i.ChangedAt }), ct),
            ClimateDecided = await db.Set<ContextIssue>().AnyAsync(i => i.IsClimate && i.Standing == Standing.Adopted && i.Relevant != null, ct),
            Parties = await db.Count(db.Set<InterestedParty>().Where(p => p.Standing == Standing.Adopted).Select(p => new Fact { Good = true, At = p.ChangedAt }), ct),
            Obligations = await db.Count(db.Set<Obligation>().Where(o => o.Standing == Standing.Adopted).Select(o => new Fact { Good = true, At = o.ChangedAt }), ct),
            Scopes = await db.Count(
                db.Set<Scope>().Where(s => s.ApprovedAt != null)
                    .Select(s => new Fact { Good = s.State == ApprovalState.Approved, At = s.ApprovedAt!.Value }), ct),
            Roles = await db.Count(
                db.Set<RoleAssignment>().Where(r => r.Standing == Standing.Adopted).Select(r => new Fact { Good = r.PersonId != null, At = r.ChangedAt }), ct),
            Commitments = await db.Count(db.Set<Commitment>().Select(c => new Fact { Good = c.Days > 0, At = c.CreatedAt }), ct),
            Methods = await db.Count(
                db.Set<RiskMethod>().Where(m => m.ApprovedAt != null)
                    .Select(m => new Fact { Good = m.State == ApprovalState.Approved, At = m.ApprovedAt!.Value }), ct),
            Appetite = appetite,
            Assets = await db.Count(
                db.Set<Asset>().Where(a => a.Standing == Standing.Adopted).Select(a => new Fact { Good = a.OwnerId != null, At = a.ChangedAt }), ct),
            Risks = await db.Count(adoptedRisks.Select(r => new Fact { Good = r.AssessedAt != null, At = r.AssessedAt ?? DateTime.UnixEpoch }), ct),
            OldestAssessment = await adoptedRisks.Where(r => r.AssessedAt != null).MinAsync(r => r.AssessedAt, ct),
            Treated = await db.Count(
                adoptedRisks.Where(r => r.CurrentScore > appetite)
                    .Select(r => new Fact { Good = r.Treatment != TreatmentOption.Undecided, At = r.ChangedAt }), ct),
            Accepted = await db.Count(
                adoptedRisks.Where(r => r.ResidualScore > 0 && (r.Treatment == TreatmentOption.Retain || r.ResidualScore > appetite))
                    .Select(r => new Fact { Good = r.AcceptedUntil != null && r.AcceptedUntil >= today, At = r.ChangedAt }), ct),
            Reassessments = await db.Journal.CountAsync(e => e.Operation == "risks.assess" && e.At >= yearAgo, ct)
                - await adoptedRisks.CountAsync(r => r.AssessedAt != null, ct),
            ControlsOwned = await db.Count(applicable.Select(c => new Fact { Good = c.OwnerId != null, At = c.ChangedAt }), ct),
            ControlsImplemented = await db.Count(applicable.Select(c => new Fact { Good = c.Implementation == Implementation.Implemented, At = c.ChangedAt }), ct),
            Soas = await db.Count(db.Set<Soa>().Select(s => new Fact { Good = true, At = s.CreatedAt }), ct),
            Objectives = await db.Count(
                db.Set<Objective>().Pursued()
                    .Select(o => new Fact { Good = o.OwnerId != null && o.DueOn != null, At = o.ChangedAt }), ct),
            Evidence = await db.Count(
                db.Set<EvidenceItem>().Where(e => e.WithdrawnAt == null).Select(e => new Fact { Good = e.ValidUntil >= today, At = e.CreatedAt }), ct),
            OpenWork = await db.Count(
                db.Set<WorkItem>().Where(t => t.State == WorkState.Open).Select(t => new Fact { Good = t.DueOn >= today, At = t.ChangedAt }), ct),
            ClosedWork = await db.Count(
                db.Set<WorkItem>().Where(t => t.State == WorkState.Done).Select(t => new Fact { Good = true, At = t.ChangedAt }), ct),
            Actions = await db.Count(
                db.Set<WorkItem>().OfTreatment().Where(t => t.State != WorkState.Dropped)
                    .Select(t => new Fact { Good = t.State == WorkState.Done || t.DueOn >= today, At = t.ChangedAt }), ct),
            Support = await SupportFacts.Read(db, ct),
            Measuring = await MeasuringFacts.Read(db, ct),
            Audits = await AuditFacts.Read(db, ct),
            Response = await ResponseFacts.Read(db, ct),
            Improving = await ImprovingFacts.Read(db, ct),
            Reviews = await ReviewFacts.Read(db, ct),
            Work = await WorkFacts.Read(db, ct),
            LastFlows = [.. flow.Interactions.Select(i => i.Last)],
            BrokenFlows = flow.Interactions.Count(i => i.State == FlowState.Broken),
            LastLearning = await db.Links.Where(l => l.Type == LinkTypes.LearnedFrom).MaxAsync(l => (DateTime?)l.CreatedAt, ct),
        };
    }
}

/// <summary>One record as readiness counts it.</summary>
internal sealed class Fact
{
    /// <summary>Whether it satisfies what is asked.</summary>
    public required bool Good { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTime At { get; init; }
}

/// <summary>Counts facts in one statement.</summary>
internal static class FactCount
{
    public static async Task<Counted> Count(this MoatDb _, IQueryable<Fact> facts, CancellationToken ct) =>
        await facts.GroupBy(_ => 1).Select(g => new Counted(g.Count(), g.Count(f => f.Good), g.Max(f => (DateTime?)f.At))).FirstOrDefaultAsync(ct)
        ?? new Counted(0, 0, null);
}
