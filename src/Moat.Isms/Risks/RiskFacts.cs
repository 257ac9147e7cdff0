using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.Work;

namespace Moat.Isms.Risks;

/// <summary>An action of the treatment plan.</summary>
public sealed record TreatmentAction(Guid SubjectId, Guid? OwnerId, bool Open, DateOnly DueOn, DateOnly? FinishedOn);

/// <summary>What readiness about risks is computed from.</summary>
public sealed record RiskFacts
{
    private const int DaysOfLearning = 730;
    internal static readonly string[] Harms = ["confidentiality", "integrity", "availability"];

    /// <summary>The risk method in force.</summary>
    public required RiskMethod? Method { get; init; }

    /// <summary>Whether a person approved it.</summary>
    public required bool MethodByPerson { get; init; }

    /// <summary>Adopted risks.</summary>
    public required IReadOnlyList<Risk> Risks { get; init; }

    /// <summary>Adopted crown jewels in scope.</summary>
    public required IReadOnlyList<string> Jewels { get; init; }

    /// <summary>Adopted risks that threaten each of them.</summary>
    public required ILookup<string, string> Threatening { get; init; }

    /// <summary>Assessments by people, by risk.</summary>
    public required ILookup<string, PersonAct> Assessments { get; init; }

    /// <summary>Treatments decided by people, by risk.</summary>
    public required ILookup<string, PersonAct> Treatments { get; init; }

    /// <summary>
    /// Since when what remains of each risk is accepted by who owns it today, with every signature that it needs.
    /// </summary>
    public required IReadOnlyDictionary<Guid, DateTime> Accepted { get; init; }

    /// <summary>The last frozen treatment plan; null before the first.</summary>
    public required PlanFacts? Plan { get; init; }

    /// <summary>Risks that a control treats.</summary>
    public required IReadOnlySet<Guid> Controlled { get; init; }

    /// <summary>Actions of the treatment plan that were not dropped.</summary>
    public required IReadOnlyList<TreatmentAction> Actions { get; init; }

    /// <summary>The last assessment that something learned caused: the risk, what caused it, the day.</summary>
    public required (string Ref, string Cause, DateOnly On)? Learned { get; init; }

    /// <summary>Assessed risks above the appetite.</summary>
    public IReadOnlyList<Risk> Above =>
        [.. Risks.Where(r => r.CurrentScore > (Method?.Appetite ?? RiskLimits.Usual.Appetite))];

    /// <summary>When a person last assessed a risk a month or more after the time before.</summary>
    public DateOnly? Again(string risk)
    {
        var acts = Assessments[risk].ToList();
        return acts.Where(a => acts.Any(b => a.On.WellAfter(b.At))).Max(a => (DateOnly?)a.On);
    }

    /// <summary>Reads the facts.</summary>
    internal static async Task<RiskFacts> Read(RuleSource source, CancellationToken ct)
    {
        var (db, acts) = (source.Db, source.Acts);
        var method = await db.Set<RiskMethod>()
            .AsNoTracking()
            .Where(m => m.State == ApprovalState.Approved)
            .OrderByDescending(m => m.Number)
            .FirstOrDefaultAsync(ct);
        var risks = await db.Unchanged((nameof(RiskFacts), nameof(Adopted)), () => Adopted(db, ct), ct);
        var standing = db.Set<Asset>().Where(a => a.CrownJewel && a.InScope && a.Standing == Standing.Adopted);
        var jewels = await standing.OrderBy(a => a.Number).Select(a => new { a.Id, a.Number }).ToListAsync(ct);
        // From the jewels, which are few, to what threatens them: there may be hundreds of thousands of links.
        var ids = jewels.Select(j => j.Id).ToList();
        var threats = await db
            .Links.Where(l => ids.Contains(l.ToId) && l.Type == LinkTypes.Threatens && l.FromKind == "RISK")
            .Select(l => new { l.FromId, l.ToId })
            .ToListAsync(ct);
        var byId = risks.ToDictionary(r => r.Id, r => r.Ref);
        var jewelById = jewels.ToDictionary(j => j.Id, j => $"AST-{j.Number}");
        var assessments = acts.ByRef("risks.assess");
        return new RiskFacts
        {
            Method = method,
            MethodByPerson = method is not null && acts.ByRef("method.approve").Contains(method.Ref),
            Risks = risks,
            Jewels = [.. jewelById.Values],
            Threatening = threats
                .Where(t => byId.ContainsKey(t.FromId) && jewelById.ContainsKey(t.ToId))
                .ToLookup(t => jewelById[t.ToId], t => byId[t.FromId]),
            Assessments = assessments,
            Treatments = acts.ByRef("risks.treat"),
            Accepted = await AcceptedByOwners(db, risks, ct),
            Controlled = await db.Unchanged((nameof(RiskFacts), nameof(Treated)), () => Treated(db, ct), ct),
            Actions = await ActionsOf(source, ct),
            Learned = await LearnedBy(source, risks, assessments, ct),
            Plan = await PlanFacts.Read(db, ct),
        };
    }

    // What there is most of is read anew only when it changed itself, not when a task or an asset did.
    private static Task<List<Risk>> Adopted(MoatDb db, CancellationToken ct) =>
        db.Set<Risk>().AsNoTracking().Where(r => r.Standing == Standing.Adopted).OrderBy(r => r.Number).ToListAsync(ct);

    private static async Task<HashSet<Guid>> Treated(MoatDb db, CancellationToken ct) =>
        (
            await (
                from link in db.Links
                where link.Type == LinkTypes.Treats
                join control in db.Set<Control>() on link.FromId equals control.Id
                where control.Standing == Standing.Adopted
                select link.ToId
            )
                .Distinct()
                .ToListAsync(ct)
        ).ToHashSet();

    // Only an owner, or who stood in for the owner, can sign; an acceptance does not pass on to the next owner.
    private static async Task<IReadOnlyDictionary<Guid, DateTime>> AcceptedByOwners(
        MoatDb db,
        List<Risk> risks,
        CancellationToken ct
    )
    {
        var today = db.Today;
        var standing = await db.Set<RiskAcceptance>()
            .AsNoTracking()
            .Where(a => a.WithdrawnAt == null && a.Until >= today)
            .ToListAsync(ct);
        var owners = risks.ToDictionary(r => r.Id, r => r.OwnerId);
        return standing
            .Where(a => a.IsSigned && a.OwnerId is not null && owners.GetValueOrDefault(a.RiskId) == a.OwnerId)
            .GroupBy(a => a.RiskId)
            .ToDictionary(g => g.Key, g => g.Max(a => a.CreatedAt));
    }

    private static async Task<IReadOnlyList<TreatmentAction>> ActionsOf(RuleSource source, CancellationToken ct)
    {
        var finished = source.Acts.ByRef("tasks.complete");
        var tasks = await source
            .Db.Set<WorkItem>()
            .AsNoTracking()
            .OfTreatment()
            .Where(t => t.State != WorkState.Dropped)
            .ToListAsync(ct);
        return
        [
            .. tasks.Select(t => new TreatmentAction(
                t.SubjectId,
                t.OwnerId,
                t.State == WorkState.Open,
                t.DueOn,
                t.State == WorkState.Done && finished.Contains(t.Ref) ? t.ClosedAt?.Day() : null
            )),
        ];
    }

    // What it learned is proven by the journal: its values moved in an assessment that names the cause.
    private static async Task<(string Ref, string Cause, DateOnly On)?> LearnedBy(
        RuleSource source,
        List<Risk> risks,
        ILookup<string, PersonAct> assessments,
        CancellationToken ct
    )
    {
        var adopted = risks.Select(r => r.Ref).ToHashSet();
        var proven = await source
            .Of<IProvenChanges>()
            .Since(source.Db.Today.AddDays(-DaysOfLearning).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), ct);
        return proven
            .Where(p =>
                adopted.Contains(p.RecordRef) && p.CauseRef != p.RecordRef && IsAnew(assessments[p.RecordRef], p.At)
            )
            .OrderByDescending(p => p.At)
            .Select(p => ((string, string, DateOnly)?)(p.RecordRef, p.CauseRef, p.At.Day()))
            .FirstOrDefault();
    }

    private static bool IsAnew(IEnumerable<PersonAct> assessments, DateTime at) =>
        assessments.Any(a => a.At == at) && assessments.Any(a => at.Day().WellAfter(a.At));
}
