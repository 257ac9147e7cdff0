using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Work;

namespace Moat.Isms.Audits;

/// <summary>Findings: auditors raise them, the organisation answers, nonconformities follow.</summary>
[Process("findings", "What auditors found, what the organisation answered and what followed (9.2, 10.2).")]
public sealed class FindingProcess(
    MoatDb db,
    CurrentCaller caller,
    AuditLines lines,
    AuditTeam teams,
    AuditReading reading,
    ImprovementDesk desk,
    WorkList work,
    RecordFinder records
)
{
    private const string Decide = "finding";
    private const int DaysToDecide = 14;
    private static readonly Pager<Finding> Pages = new();

    /// <summary>Findings.</summary>
    [Query("list", Permission.ReadIsms, "List findings with the nonconformities that followed")]
    public async Task<Page<FindingRow>> List(ListFindings input, CancellationToken ct)
    {
        var query = db.Set<Finding>().AsQueryable();
        query = input.State is { } state
            ? query.Where(f => f.State == state)
            : query.Where(f => f.State != FindingState.Withdrawn);
        if (input.Grade is { } grade)
            query = query.Where(f => f.Grade == grade);
        if (input.Unfollowed)
            query = Unfollowed(db, query);
        var page = await Pages.Page(db, query, input, f => f.Id, ct);
        var rows = (await reading.Findings(db.Set<Finding>().Where(f => page.Items.Contains(f.Id)), ct)).ToDictionary(
            r => r.Ref
        );
        return new Page<FindingRow>(
            input.Sort == "-number" ? [.. rows.Values.Reverse()] : [.. rows.Values],
            page.Total,
            page.Next
        );
    }

    /// <summary>A finding with what was answered and what followed.</summary>
    [Query("get", Permission.ReadIsms, "Read a finding: what was seen, what was answered, what followed")]
    public async Task<FindingView> Get(OneRecord input, CancellationToken ct)
    {
        var finding = await db.One<Finding>(input.Ref, ct);
        var audit = await db.Set<Audit>().FirstAsync(a => a.Id == finding.AuditId, ct);
        var links = await db.Links.Where(l => l.ToId == finding.Id).OrderBy(l => l.CreatedAt).ToListAsync(ct);
        var follow = await records.ByKindAndId(links.Select(l => (l.FromKind, l.FromId)), ct);
        var mine = (await teams.Of(audit, ct)).Any(p => p.Id == caller.Value.PersonId);
        return new FindingView(
            (await reading.Findings(db.Set<Finding>().Where(f => f.Id == finding.Id), ct))[0],
            audit.Title,
            finding.Seen,
            finding.Statement,
            finding.Answer,
            finding.AnsweredBy,
            finding.AnsweredAt,
            [
                .. links
                    .Select(l => follow.GetValueOrDefault(l.FromId))
                    .OfType<Referenced>()
                    .Select(r => new Named(r.Ref, r.Caption)),
            ],
            mine && finding.State is FindingState.Raised or FindingState.Contested
        );
    }

    /// <summary>Raises a finding on a line of a running audit.</summary>
    [
        ProvenInPack,
        Operation(
            "raise",
            Permission.RaiseFindings,
            "Raise a finding in a running audit: grade, what was seen, what does not fit"
        )
    ]
    public async Task<Done> Raise(RaiseFinding input, CancellationToken ct)
    {
        var audit = await db.One<Audit>(input.Audit, ct);
        var item = await lines.Line(audit, input.Requirement, ct);
        var finding = await db.Enter(
            new Finding
            {
                AuditId = audit.Id,
                Requirement = input.Requirement,
                Grade = input.Grade,
                Title = input.Title,
                Seen = input.Seen,
                Statement = input.Statement,
                RaisedBy = caller.Value.Name,
                RaisedById = caller.Value.PersonId,
            },
            ct
        );
        await db.Connect(finding, LinkTypes.FoundIn, audit, ct);
        // An opportunity is no reason to say that the requirement is not met.
        await lines.Note(
            audit,
            item,
            input.Grade == FindingGrade.Opportunity && item.Result != ExamineResult.Finding
                ? ExamineResult.Conforms
                : ExamineResult.Finding,
            $"{finding.Ref}: {input.Title}",
            input.Records,
            ct
        );
        if (await db.Set<Control>().FirstOrDefaultAsync(c => c.Code == input.Requirement, ct) is { } control)
            await db.Connect(finding, LinkTypes.Affects, control, ct);
        await work.Ensure(
            finding,
            Decide,
            $"Answer {finding.Ref}: {input.Title}".Cut(300),
            "Accept it, or contest it with a reason. A finding that nobody answers comes back graded higher.",
            null,
            db.Today.AddDays(DaysToDecide),
            ct
        );
        return new Done(finding);
    }

    /// <summary>The organisation agrees; a major or minor finding becomes a nonconformity.</summary>
    [
        ProvenInPack,
        Operation("accept", Permission.PlanAudits, "Accept a finding; a major or minor one becomes a nonconformity")
    ]
    public async Task<Done> Accept(AcceptFinding input, CancellationToken ct)
    {
        var finding = await Open(input, ct);
        var owner = await db.OwnerId(input.Owner, ct);
        if (input.Improve && finding.IsNonconformity)
            throw new InputInvalid("improve", "A major or minor finding becomes a nonconformity.");
        finding.AnswerWith(FindingState.Accepted, input.Reason, caller.Value.Name, db.Now);
        if (finding.IsNonconformity && !input.WithoutNonconformity)
            await Follow(finding, owner, ct);
        if (input.Improve)
            await desk.Propose(finding, finding.Title, finding.Statement, owner, null, ct);
        await work.Settle(finding, Decide, "It is accepted.", ct);
        return new Done(finding);
    }

    /// <summary>The organisation disagrees.</summary>
    [Operation(
        "contest",
        Permission.PlanAudits,
        "Contest a finding with a reason; the auditors decide whether it stands"
    )]
    public async Task<Done> Contest(ReasonForFinding input, CancellationToken ct)
    {
        var finding = await Open(input, ct);
        finding.AnswerWith(FindingState.Contested, input.Reason, caller.Value.Name, db.Now);
        await work.Settle(finding, Decide, "It is contested.", ct);
        return new Done(finding);
    }

    /// <summary>The auditor holds on to a contested finding.</summary>
    [Operation(
        "uphold",
        Permission.RaiseFindings,
        "Uphold a contested finding with a reason; it has to be answered again"
    )]
    public async Task<Done> Uphold(ReasonForFinding input, CancellationToken ct)
    {
        var finding = await Own(input, ct);
        if (finding.State != FindingState.Contested)
            throw new RuleBroken("findings.uphold.contested", $"Nobody contests {finding.Ref}.");
        finding.AnswerWith(FindingState.Raised, input.Reason, caller.Value.Name, db.Now);
        await work.Ensure(
            finding,
            Decide,
            $"Answer {finding.Ref} again: {finding.Title}".Cut(300),
            $"The auditor upholds it: {input.Reason}".Cut(1000),
            null,
            db.Today.AddDays(DaysToDecide),
            ct
        );
        return new Done(finding);
    }

    /// <summary>The auditor takes a finding back.</summary>
    [Operation("withdraw", Permission.RaiseFindings, "Withdraw one's own finding with a reason, before it is accepted")]
    public async Task<Done> Withdraw(ReasonForFinding input, CancellationToken ct)
    {
        var finding = await Own(input, ct);
        var running = await db.Set<Audit>().AnyAsync(a => a.Id == finding.AuditId && a.State == AuditState.Running, ct);
        if (finding.State is FindingState.Accepted or FindingState.Withdrawn)
            throw new RuleBroken(
                "findings.withdraw.open",
                $"{finding.Ref} is {finding.State.Words().ToLowerInvariant()}."
            );
        finding.AnswerWith(FindingState.Withdrawn, input.Reason, caller.Value.Name, db.Now);
        await work.Settle(finding, Decide, "It is withdrawn.", ct);
        if (
            running
            && !await db.Set<Finding>()
                .AnyAsync(
                    f =>
                        f.AuditId == finding.AuditId
                        && f.Requirement == finding.Requirement
                        && f.Id != finding.Id
                        && f.State != FindingState.Withdrawn
                        && f.Grade != FindingGrade.Opportunity,
                    ct
                )
            && await db.Set<AuditItem>()
                .FirstOrDefaultAsync(i => i.AuditId == finding.AuditId && i.Requirement == finding.Requirement, ct)
                is { } item
        )
            item.Examine(
                ExamineResult.Open,
                $"{finding.Ref} was withdrawn: {input.Reason}",
                [],
                caller.Value.Name,
                db.Now
            );
        return new Done(finding);
    }

    /// <summary>Raises the nonconformity of an accepted finding that has none.</summary>
    [Operation("follow", Permission.PlanAudits, "Raise the nonconformity of an accepted finding that has none yet")]
    public async Task<Done> Follow(FollowFinding input, CancellationToken ct)
    {
        var finding = await db.One<Finding>(input, ct);
        if (!finding.IsNonconformity || finding.State != FindingState.Accepted)
            throw new RuleBroken(
                "findings.follow.accepted",
                $"{finding.Ref} is not an accepted major or minor finding."
            );
        if ((await reading.Nonconformities([finding.Id], ct)).TryGetValue(finding.Id, out var known))
            throw new RuleBroken("findings.follow.once", $"{known} follows {finding.Ref} already.");
        await Follow(finding, await db.OwnerId(input.Owner, ct), ct);
        return new Done(finding);
    }

    /// <summary>Accepted major and minor findings that no nonconformity follows: a broken flow.</summary>
    public static IQueryable<Finding> Unfollowed(MoatDb db, IQueryable<Finding> findings) =>
        findings.Where(f =>
            f.State == FindingState.Accepted
            && (f.Grade == FindingGrade.Major || f.Grade == FindingGrade.Minor)
            && !db.Links.Any(l => l.ToId == f.Id && l.FromKind == "NC" && l.Type == LinkTypes.CausedBy)
        );

    private Task<Nonconformity> Follow(Finding finding, Guid? owner, CancellationToken ct) =>
        desk.Raise(
            finding,
            new RaisedNonconformity(
                finding.Title,
                $"{finding.Statement}\n\nSeen: {finding.Seen}".Cut(4000),
                NonconformityOrigin.Audit,
                finding.Grade == FindingGrade.Major ? NonconformityGrade.Major : NonconformityGrade.Minor,
                finding.Requirement,
                owner
            ),
            ct
        );

    /// <summary>A finding that the organisation may answer; whoever raised it may not answer it.</summary>
    private async Task<Finding> Open(ChangeRecord input, CancellationToken ct)
    {
        var finding = await db.One<Finding>(input, ct);
        if (finding.State != FindingState.Raised)
            throw new RuleBroken(
                "findings.answer.raised",
                $"{finding.Ref} is {finding.State.Words().ToLowerInvariant()} already."
            );
        if (caller.Value.PersonId is { } me && finding.RaisedById == me)
            throw new RuleBroken("findings.answer.self", "Whoever raised a finding does not answer it.");
        return finding;
    }

    /// <summary>A finding of an audit that the caller is an auditor of.</summary>
    private async Task<Finding> Own(ChangeRecord input, CancellationToken ct)
    {
        var finding = await db.One<Finding>(input, ct);
        await teams.Auditor(await db.Set<Audit>().FirstAsync(a => a.Id == finding.AuditId, ct), null, ct);
        return finding;
    }
}
