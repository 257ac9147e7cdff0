using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Communication;
using Moat.Isms.Improvement;
using Moat.Isms.Incidents.Intake;
using Moat.Isms.Kernel;
using Moat.Isms.Retirements;
using Moat.Isms.Risks;
using Moat.Isms.Work;

namespace Moat.Isms.Reviews.Inputs;

/// <summary>Results of the risk assessment and the state of the treatment plan (9.3.2 f).</summary>
public sealed class RiskInput(MoatDb db) : ReviewInput
{
    private const int DaysAhead = 60;

    /// <inheritdoc />
    public override string Topic => ReviewTopics.Risks;

    /// <inheritdoc />
    public override async Task<InputSection> Read(ReviewWindow window, CancellationToken ct)
    {
        var (today, since, soon) = (window.Today, window.Since, window.Today.AddDays(DaysAhead));
        var (appetite, high) = await RiskLimits.InForce(db, ct);
        var risks = await Risks(ct);
        var actions = await OpenActions(ct);
        var (late, above) = (
            actions.Where(t => t.DueOn < today).ToList(),
            risks.Where(r => r.CurrentScore > appetite).ToList()
        );
        var ending = risks.Where(r => r.AcceptedUntil is { } until && until <= soon).ToList();
        var gone = await Retired(window, ct);
        var moved = risks.Where(r => r.AssessedAt >= since).ToList();
        return InputSection.Of(
            Topic,
            $"{above.Count} of {risks.Count} risks are above the appetite of {appetite}, {risks.Count(r => r.CurrentScore >= high)} of them high; {Count(moved.Count, "risk was", "risks were")} assessed since {window.From:yyyy-MM-dd}; {Count(late.Count, "action", "actions")} of the treatment plan overdue.",
            [
                Figure("Risks", risks.Count),
                Figure("High", risks.Count(r => r.CurrentScore >= high)),
                Figure("Above the appetite", above.Count),
                Figure("Not assessed", risks.Count(r => r.AssessedAt is null)),
                Figure("Without a treatment", above.Count(r => r.Treatment == TreatmentOption.Undecided)),
                Figure("Actions open", actions.Count),
                Figure("Actions overdue", late.Count),
                Figure($"Acceptances that end within {DaysAhead} days", ending.Count),
                .. gone.Count == 0 ? (IEnumerable<InputFigure>)[] : [Figure("Retired or merged", gone.Count)],
            ],
            [
                .. risks.Where(r => r.CurrentScore > 0).Take(5).Select(Scored),
                .. late.Take(4).Select(Late),
                .. ending.Take(3).Select(Ending),
                .. gone.Take(5).Select(g => Row(g.Risk, $"{How(g.Why)} by {g.Why.By}: {g.Why.Because}")),
            ]
        );
    }

    private Task<List<Risk>> Risks(CancellationToken ct) =>
        db.Set<Risk>()
            .Where(r => r.Standing == Standing.Adopted)
            .OrderByDescending(r => r.CurrentScore)
            .ThenBy(r => r.Number)
            .ToListAsync(ct);

    private Task<List<WorkItem>> OpenActions(CancellationToken ct) =>
        db.Set<WorkItem>().OfTreatment().Where(t => t.State == WorkState.Open).OrderBy(t => t.DueOn).ToListAsync(ct);

    private static InputRow Scored(Risk r) =>
        Row(
            r,
            $"{r.CurrentScore} today, {r.InherentScore} without controls, {(r.ResidualScore > 0 ? $"{r.ResidualScore} after treatment" : "treatment not assessed")}"
        );

    private static InputRow Late(WorkItem t) =>
        Row(t, string.Create(CultureInfo.InvariantCulture, $"overdue since {t.DueOn:d MMM yyyy}: {t.Why}"));

    private static InputRow Ending(Risk r) =>
        Row(r, string.Create(CultureInfo.InvariantCulture, $"accepted until {r.AcceptedUntil:d MMM yyyy} only"));

    private static string How(Retirement gone) => gone.MergedInto is { } into ? $"merged into {into}" : "retired";

    // A register that shrinks is looked at by top management: what left it, and why.
    private async Task<IReadOnlyList<(Risk Risk, Retirement Why)>> Retired(ReviewWindow window, CancellationToken ct)
    {
        var since = window.Since;
        var left = await db.Set<Retirement>()
            .Where(r => r.CreatedAt >= since && r.ReopenedOn == null)
            .OrderBy(r => r.CreatedAt)
            .ToListAsync(ct);
        var ids = left.Select(l => l.SubjectId).ToList();
        var risks = await db.Set<Risk>()
            .Where(r => r.Standing == Standing.Retired && ids.Contains(r.Id))
            .ToDictionaryAsync(r => r.Id, ct);
        return [.. left.Where(l => risks.ContainsKey(l.SubjectId)).Select(l => (risks[l.SubjectId], l))];
    }
}

/// <summary>What interested parties said; most of it is brought by people (9.3.2 e).</summary>
public sealed class FeedbackInput(MoatDb db) : ReviewInput
{
    /// <inheritdoc />
    public override string Topic => ReviewTopics.Feedback;

    /// <inheritdoc />
    public override async Task<InputSection> Read(ReviewWindow window, CancellationToken ct)
    {
        var from = window.From;
        var brought = await db.Set<ReviewNote>()
            .CountAsync(n => n.ReviewId == window.ReviewId && n.Topic == ReviewTopics.Feedback, ct);
        var sent = await db.Set<CommunicationSent>()
            .Where(s => s.On >= from)
            .OrderByDescending(s => s.On)
            .ThenByDescending(s => s.Number)
            .ToListAsync(ct);
        var since = window.Since;
        var reports = await db.Set<ReportedEvent>()
            .Where(e => e.CreatedAt >= since)
            .OrderByDescending(e => e.CreatedAt)
            .ThenByDescending(e => e.Number)
            .ToListAsync(ct);
        return InputSection.Of(
            Topic,
            brought == 0
                ? "Nobody brought what customers, users or colleagues said. Ask those who speak with them before the meeting."
                : $"{Count(brought, "voice was", "voices were")} brought; colleagues reported {Count(reports.Count, "event", "events")}, and you spoke {sent.Count} times with parties about security.",
            [
                Figure("Voices brought", brought),
                Figure("Events that colleagues reported", reports.Count),
                Figure("Times you spoke with parties", sent.Count),
            ],
            [
                .. reports
                    .Take(5)
                    .Select(e =>
                        Row(e, $"{e.State.Words().ToLowerInvariant()}{(e.Reason is null ? "" : $": {e.Reason}")}")
                    ),
                .. sent.Take(5)
                    .Select(s =>
                        Row(s, string.Create(CultureInfo.InvariantCulture, $"{s.On:d MMM yyyy}, to {s.ToWhom}"))
                    ),
            ]
        );
    }
}

/// <summary>Improvements and lessons (9.3.2 g).</summary>
public sealed class OpportunityInput(MoatDb db) : ReviewInput
{
    /// <inheritdoc />
    public override string Topic => ReviewTopics.Opportunities;

    /// <inheritdoc />
    public override async Task<InputSection> Read(ReviewWindow window, CancellationToken ct)
    {
        var since = window.From;
        var ideas = await db.Set<Improvement.Improvement>()
            .Where(i =>
                i.State != ImprovementState.Declined
                && (i.State != ImprovementState.Evaluated || i.EvaluatedOn >= since)
            )
            .ToListAsync(ct);
        var lessons = await db.Set<Lesson>()
            .Where(l => l.LearnedOn >= since)
            .OrderByDescending(l => l.LearnedOn)
            .ThenByDescending(l => l.Number)
            .ToListAsync(ct);
        int In(ImprovementState state) => ideas.Count(i => i.State == state);
        return InputSection.Of(
            Topic,
            $"{Count(In(ImprovementState.Proposed), "idea waits", "ideas wait")} for a decision, {Count(In(ImprovementState.Planned), "improvement is", "improvements are")} planned, {In(ImprovementState.Done) + In(ImprovementState.Evaluated)} done; {Count(lessons.Count, "lesson was", "lessons were")} learned.",
            [
                Figure("Ideas to decide", In(ImprovementState.Proposed)),
                Figure("Planned", In(ImprovementState.Planned)),
                Figure("Done", In(ImprovementState.Done)),
                Figure("Done and looked at", In(ImprovementState.Evaluated)),
                Figure("Lessons", lessons.Count),
            ],
            [
                .. ideas
                    .OrderBy(i => i.State)
                    .ThenBy(i => i.Number)
                    .Select(i => Row(i, $"{i.State.Words().ToLowerInvariant()}; expected: {i.ExpectedEffect}")),
                .. lessons.Select(l =>
                    Row(
                        l,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"learned on {l.LearnedOn:d MMM yyyy} from {l.SourceRef}"
                        )
                    )
                ),
            ]
        );
    }
}
