using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Checks;

/// <summary>A fact whose checks are to be evaluated.</summary>
/// <param name="Resource">What it is about.</param>
/// <param name="Content">The fact.</param>
/// <param name="From">From when it stands.</param>
/// <param name="To">Until when, or null while it is the latest.</param>
/// <param name="Silent">Whether nobody told of the resource since then: what it is like now is not known.</param>
public sealed record StandingFact(
    Resource Resource,
    FactContent Content,
    DateTime From,
    DateTime? To = null,
    bool Silent = false
);

/// <summary>Evaluates checks over facts and keeps their outcomes as intervals. Runs inside operations.</summary>
public sealed class CheckEvaluation(MoatDb db, CheckBook book, CheckAlarm alarm)
{
    private const string Untold = "Nobody told of it.";

    /// <summary>Evaluates the checks of each fact's kind and writes what changed.</summary>
    public async Task Evaluate(IReadOnlyList<StandingFact> facts, CancellationToken ct) =>
        await Evaluate(facts, await book.All(ct), ct);

    /// <summary>Evaluates these checks over the facts that stand now; for a check that is new or changed.</summary>
    public async Task Evaluate(IReadOnlyList<StandingFact> facts, IReadOnlyList<Check> checks, CancellationToken ct)
    {
        if (facts.Count == 0)
            return;
        var byKind = checks.ToLookup(c => c.Resource);
        var ids = facts.Select(f => f.Resource.Id).ToHashSet();
        var wholeHistory = facts.Any(f => f.To is not null);
        // Together with what this operation began before, such as the silence that ends now.
        var known = await db.AsOfNow<CheckInterval>(
            i => ids.Contains(i.ResourceId) && (wholeHistory || i.Until == CheckInterval.Open),
            ct
        );
        var intervals = known.GroupBy(i => (i.ResourceId, i.Check)).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var fact in facts)
        {
            foreach (var check in byKind[fact.Resource.Kind])
            {
                if (!intervals.TryGetValue((fact.Resource.Id, check.Id), out var line))
                    intervals[(fact.Resource.Id, check.Id)] = line = [];
                var finding = Find(check, fact.Content);
                WorkTelemetry.Checked(finding.Outcome);
                if (fact.To is { } to)
                    await Overlay(line, check, fact, to, finding, ct);
                else
                    await Follow(line, check, fact, finding, ct);
            }
        }
        await alarm.Raise(ct);
    }

    // A rule that an earlier version took and this one does not must not keep the facts of the others out.
    private static CheckFinding Find(Check check, FactContent fact)
    {
        try
        {
            return check.Rule().Evaluate(fact);
        }
        catch (RuleInvalid invalid)
        {
            return new(CheckOutcome.Unknown, $"This check can no longer be evaluated. {invalid.Message}");
        }
    }

    /// <summary>
    /// What nobody told of for too long was not known: its outcomes end when the last news grew stale.
    /// </summary>
    public async Task WentSilent(Resource resource, DateTime staleAt, CancellationToken ct)
    {
        var at = CheckInterval.Milliseconds(staleAt);
        foreach (var open in await Open(resource, ct))
        {
            open.Until = Math.Max(open.Since, at);
            if (open.Outcome == CheckOutcome.Unknown)
                open.Until = CheckInterval.Open;
            else
                await Begin(open.Check, resource, CheckOutcome.Unknown, open.Until, CheckInterval.Open, Untold, ct);
        }
    }

    /// <summary>The resource is gone: its outcomes end.</summary>
    public async Task Ended(Resource resource, DateTime at, CancellationToken ct)
    {
        var end = CheckInterval.Milliseconds(at);
        foreach (var open in await Open(resource, ct))
            open.Until = Math.Max(open.Since, end);
    }

    private Task<List<CheckInterval>> Open(Resource resource, CancellationToken ct) =>
        db.AsOfNow<CheckInterval>(i => i.ResourceId == resource.Id && i.Until == CheckInterval.Open, ct);

    private async Task Follow(
        List<CheckInterval> line,
        Check check,
        StandingFact fact,
        CheckFinding finding,
        CancellationToken ct
    )
    {
        var at = CheckInterval.Milliseconds(fact.From);
        var open = line.FirstOrDefault(i => i.Until == CheckInterval.Open);
        if (open?.Outcome == finding.Outcome)
        {
            open.Detail = finding.Detail;
            return;
        }
        if (open is not null)
            open.Until = Math.Max(open.Since, at);
        if (finding.Outcome != CheckOutcome.NotApplicable)
            line.Add(
                await Begin(
                    check.Id,
                    fact.Resource,
                    finding.Outcome,
                    Math.Max(at, open?.Since ?? at),
                    CheckInterval.Open,
                    finding.Detail,
                    ct
                )
            );
        if (finding.Outcome == CheckOutcome.Failing)
            alarm.Failed(check, fact.Resource, finding.Detail);
        else if (open is not null && finding.Outcome != CheckOutcome.Unknown)
            alarm.Passed(check, fact.Resource);
    }

    /// <summary>
    /// A fact that arrived late stood for a while in the past: what was thought of that while gives way.
    /// </summary>
    private async Task Overlay(
        List<CheckInterval> line,
        Check check,
        StandingFact fact,
        DateTime to,
        CheckFinding finding,
        CancellationToken ct
    )
    {
        var (from, until) = (CheckInterval.Milliseconds(fact.From), CheckInterval.Milliseconds(to));
        if (from >= until)
            return;
        foreach (var old in line.Where(i => i.Since < until && i.Until > from).ToList())
        {
            if (old.Until > until)
                line.Add(await Begin(check.Id, fact.Resource, old.Outcome, until, old.Until, old.Detail, ct));
            if (old.Since < from)
                old.Until = from;
            else
            {
                line.Remove(old);
                db.Remove(old);
            }
        }
        if (finding.Outcome != CheckOutcome.NotApplicable)
            line.Add(await Begin(check.Id, fact.Resource, finding.Outcome, from, until, finding.Detail, ct));
        if (
            fact.Silent
            && finding.Outcome != CheckOutcome.NotApplicable
            && line.All(i => i.Until != CheckInterval.Open)
        )
            line.Add(await Begin(check.Id, fact.Resource, CheckOutcome.Unknown, until, CheckInterval.Open, Untold, ct));
    }

    private Task<CheckInterval> Begin(
        string check,
        Resource resource,
        CheckOutcome outcome,
        long since,
        long until,
        string detail,
        CancellationToken ct
    ) =>
        db.Enter(
            new CheckInterval
            {
                Check = check,
                ResourceId = resource.Id,
                Outcome = outcome,
                Since = since,
                Until = until,
                Detail = detail,
            },
            ct
        );
}
