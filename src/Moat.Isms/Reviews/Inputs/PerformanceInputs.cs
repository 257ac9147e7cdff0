using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Improvement;
using Moat.Isms.Incidents;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Objectives;
using Moat.Isms.Work;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Reviews.Inputs;

/// <summary>Nonconformities and corrective actions (9.3.2 d 1).</summary>
public sealed class NonconformityInput(MoatDb db) : ReviewInput
{
    /// <inheritdoc />
    public override string Topic => ReviewTopics.Nonconformities;

    /// <inheritdoc />
    public override async Task<InputSection> Read(ReviewWindow window, CancellationToken ct)
    {
        var (since, today) = (window.From, window.Today);
        var moved = await db.Set<Nonconformity>()
            .Where(n => n.State != NonconformityState.Closed || n.ClosedOn >= since || n.RaisedOn >= since)
            .ToListAsync(ct);
        var actions = await db.Set<CorrectiveAction>()
            .Where(a => a.State == ActionState.Planned || a.State == ActionState.Done || a.VerifiedOn >= since)
            .ToListAsync(ct);
        var (open, again) = (
            moved.Count(n => n.State != NonconformityState.Closed),
            moved.Count(n => n.Recurrences.Count > 0)
        );
        var overdue = actions.Count(a => a.State == ActionState.Planned && a.DueOn < today);
        var useless = actions.Count(a => a.State == ActionState.Ineffective);
        return InputSection.Of(
            Topic,
            moved.Count == 0
                ? "Nothing was raised. In a company that releases models every few weeks that says more about raising than about releasing."
                : $"{Count(open, "nonconformity is", "nonconformities are")} open, {again} came back, {Count(overdue, "corrective action is", "corrective actions are")} overdue and {useless} had no effect.",
            [
                Figure("Raised", moved.Count(n => n.RaisedOn >= since)),
                Figure("Closed", moved.Count(n => n.ClosedOn >= since)),
                Figure("Open", open),
                Figure("Came back", again),
                Figure("Actions overdue", overdue),
                Figure("Actions seen to work", actions.Count(a => a.State == ActionState.Effective)),
                Figure("Actions without effect", useless),
            ],
            [
                .. moved
                    .OrderBy(n => n.State == NonconformityState.Closed)
                    .ThenByDescending(n => n.Grade)
                    .ThenBy(n => n.RaisedOn)
                    .ThenBy(n => n.Number)
                    .Select(n =>
                        Row(
                            n,
                            $"{n.Grade.Words().ToLowerInvariant()}, {n.State.Words().ToLowerInvariant()}{(n.Cause is null ? "; cause not known" : $"; cause: {n.Cause}")}"
                        )
                    ),
                .. actions
                    .Where(a => a.State == ActionState.Planned && a.DueOn < today)
                    .OrderBy(a => a.DueOn)
                    .Select(a =>
                        Row(a, string.Create(CultureInfo.InvariantCulture, $"overdue since {a.DueOn:d MMM yyyy}"))
                    ),
            ]
        );
    }
}

/// <summary>Incidents, checks, evidence, the work that is due and readiness (9.3.2 d 2).</summary>
public sealed class MeasurementInput(MoatDb db, CheckReading checks, IReadiness readiness) : ReviewInput
{
    /// <inheritdoc />
    public override string Topic => ReviewTopics.Measurements;

    /// <inheritdoc />
    public override async Task<InputSection> Read(ReviewWindow window, CancellationToken ct)
    {
        var (today, from) = (window.Today, window.From);
        var counts = await checks.Counts(ct);
        int Outcomes(CheckOutcome outcome) => counts.Values.Sum(c => c.GetValueOrDefault(outcome));
        var evidence = db.Set<EvidenceItem>().Where(e => e.WithdrawnAt == null);
        var (fresh, old) = (
            await evidence.CountAsync(e => e.ValidUntil >= today, ct),
            await evidence.CountAsync(e => e.ValidUntil < today && e.ValidUntil >= from, ct)
        );
        var overdue = await Overdue(today, ct);
        // What Home says at this moment, not what the pulse kept this morning or last month.
        var doi = Doi.Sum((await readiness.Today(ct)).Select(r => r.Doi));
        var first = await FirstPulse(from, today, ct);
        var incidents = await Incidents(window.Since, ct);
        var (passing, failing) = (Outcomes(CheckOutcome.Passing), Outcomes(CheckOutcome.Failing));
        var ready = Progress(first, doi);
        return InputSection.Of(
            Topic,
            $"{Count(incidents.Count, "incident", "incidents")}, {incidents.Count(i => i.State != IncidentState.Closed)} of them open; {Count(failing, "outcome of a check fails", "outcomes of checks fail")} and {passing} pass; {fresh} pieces of evidence count today, {old} grew too old in this time; {Count(overdue.Count, "task is", "tasks are")} overdue.{ready}",
            [
                Figure("Incidents", incidents.Count),
                Figure(
                    "High or critical",
                    incidents.Count(i => i.Severity is IncidentSeverity.High or IncidentSeverity.Critical)
                ),
                Figure("Outcomes of checks that pass", passing),
                Figure("Outcomes that fail", failing),
                Figure("Evidence that counts", fresh),
                Figure("Evidence grown too old", old),
                Figure("Tasks overdue", overdue.Count),
                Figure("Documented, %", doi.Documented.Percent),
                Figure("Operating, %", doi.Operating.Percent),
                Figure("Improving, %", doi.Improving.Percent),
            ],
            [.. incidents.Take(6).Select(Detected), .. overdue.Select(Late)]
        );
    }

    private Task<List<WorkItem>> Overdue(DateOnly today, CancellationToken ct) =>
        db.Set<WorkItem>()
            .Where(t => t.State == WorkState.Open && t.DueOn < today)
            .OrderBy(t => t.DueOn)
            .ThenBy(t => t.Number)
            .ToListAsync(ct);

    private Task<PulsePoint?> FirstPulse(DateOnly from, DateOnly today, CancellationToken ct) =>
        db.Set<PulsePoint>().Where(p => p.On >= from && p.On < today).OrderBy(p => p.On).FirstOrDefaultAsync(ct);

    private Task<List<Incident>> Incidents(DateTime since, CancellationToken ct) =>
        db.Set<Incident>()
            .Where(i => i.DetectedAt >= since || i.State != IncidentState.Closed)
            .OrderByDescending(i => i.Rank)
            .ThenBy(i => i.Number)
            .ToListAsync(ct);

    private static string Progress(PulsePoint? first, Doi doi) =>
        first is null
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $" Operating went from {first.Operating} to {doi.Operating.Percent} % and Improving from {first.Improving} to {doi.Improving.Percent} % of the requirements' rules."
            );

    private static InputRow Detected(Incident i) =>
        Row(
            i,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{i.Severity.Words().ToLowerInvariant()}, {i.State.Words().ToLowerInvariant()}, detected on {i.DetectedAt:d MMM yyyy}"
            )
        );

    private static InputRow Late(WorkItem t) =>
        Row(
            t,
            string.Create(
                CultureInfo.InvariantCulture,
                $"overdue since {t.DueOn:d MMM yyyy}, because of {t.SubjectRef}"
            )
        );
}

/// <summary>How objectives stand, and what was made of their numbers (9.3.2 d 4).</summary>
public sealed class ObjectiveInput(MoatDb db, ObjectiveReading reading) : ReviewInput
{
    /// <inheritdoc />
    public override string Topic => ReviewTopics.Objectives;

    /// <inheritdoc />
    public override async Task<InputSection> Read(ReviewWindow window, CancellationToken ct)
    {
        var goals = await reading.Of(db.Set<Objective>().Pursued(), ct);
        var since = window.From;
        var evaluated = await db.Set<ObjectiveEvaluation>()
            .Where(e => e.On >= since)
            .Select(e => e.ObjectiveId)
            .Distinct()
            .CountAsync(ct);
        int In(ObjectiveState state) => goals.Count(g => g.State == state);
        return InputSection.Of(
            Topic,
            goals.Count == 0
                ? "No objective is adopted."
                : $"{In(ObjectiveState.OnTrack)} of {goals.Count} objectives are on track, {In(ObjectiveState.AtRisk)} at risk, {In(ObjectiveState.Missed)} missed, {In(ObjectiveState.NotMeasured)} without a number. Somebody said what the numbers told for {evaluated}.",
            [
                Figure("On track", In(ObjectiveState.OnTrack)),
                Figure("At risk", In(ObjectiveState.AtRisk)),
                Figure("Missed", In(ObjectiveState.Missed)),
                Figure("Not measured", In(ObjectiveState.NotMeasured)),
                Figure("Evaluated", evaluated),
            ],
            [
                .. goals
                    .OrderByDescending(g =>
                        g.State switch
                        {
                            ObjectiveState.Missed => 3,
                            ObjectiveState.AtRisk => 2,
                            ObjectiveState.NotMeasured => 1,
                            _ => 0,
                        }
                    )
                    .Select(g => new InputRow(
                        g.Ref,
                        "objectives",
                        g.Title,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{g.State.Words().ToLowerInvariant()}: {(g.LastValue is { } value ? $"{value.ToString("0.####", CultureInfo.InvariantCulture)} {g.Unit}" : "no number")}, {(g.Comparator == Comparator.AtLeast ? "at least" : "at most")} {g.Target.ToString("0.####", CultureInfo.InvariantCulture)} {g.Unit} a {g.Period}"
                        )
                    )),
            ]
        );
    }
}
