using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Evidence.Checks;

/// <summary>
/// Evaluates checks over the facts that stand. Facts are stored when they change, so a check that is new or says
/// something new would otherwise not be evaluated until they do.
/// </summary>
[Process(CheckProcess.Name, CheckProcess.Summary)]
public sealed class CheckRenewal(MoatDb db, CheckBook book, CheckEvaluation evaluation)
{
    private const int AtOnce = 1000;

    /// <summary>
    /// Evaluates the checks whose rule is new since the last time, as after an upgrade. Done every day by the server
    /// itself.
    /// </summary>
    [
        Daily(DailyTurn.Facts),
        Operation("renew", Permission.EditEvidence, "Evaluate checks whose rule is new over the stored facts")
    ]
    public async Task<Tally> Renew(Nothing input, CancellationToken ct)
    {
        var known = await db.Set<EvaluatedCheck>().ToDictionaryAsync(c => c.Check, ct);
        var changed = (await book.All(ct)).Where(c => known.GetValueOrDefault(c.Id)?.Sha256 != c.Sha256).ToList();
        foreach (var kind in changed.GroupBy(c => c.Resource))
            await Evaluate(kind.Key, [.. kind], ct);
        foreach (var check in changed)
        {
            if (known.TryGetValue(check.Id, out var before))
                before.Sha256 = check.Sha256;
            else
                await db.Enter(new EvaluatedCheck { Check = check.Id, Sha256 = check.Sha256 }, ct);
        }
        return new Tally(changed.Count, []);
    }

    /// <summary>Evaluates checks over all facts of their kind that stand.</summary>
    public async Task Evaluate(string kind, IReadOnlyList<Check> checks, CancellationToken ct)
    {
        for (var (after, more) = (0, true); more; )
        {
            var facts = await Standing(kind, after, AtOnce, ct);
            await evaluation.Evaluate(facts, checks, ct);
            more = facts.Count == AtOnce;
            if (more)
                after = facts[^1].Resource.Number;
        }
    }

    /// <summary>
    /// Facts of a kind that stand now, behind a resource's number. Of what nobody tells any more the last one stood
    /// until that news grew stale.
    /// </summary>
    public async Task<List<StandingFact>> Standing(string kind, int after, int most, CancellationToken ct)
    {
        var rows = await (
            from resource in db.Set<Resource>()
            where resource.Kind == kind && resource.GoneAt == null && resource.Number > after
            join fact in db.Set<ResourceFact>()
                on new
                {
                    Id = resource.Id,
                    At = resource.ObservedAt,
                    resource.Sha256,
                } equals new
                {
                    Id = fact.ResourceId,
                    At = fact.ObservedAt,
                    fact.Sha256,
                }
            orderby resource.Number
            select new { resource, fact.Content }
        )
            .Take(most)
            .ToListAsync(ct);
        var now = db.Now;
        return
        [
            .. rows.Select(r =>
                r.resource.StaleAt < now
                    ? new StandingFact(
                        r.resource,
                        new FactContent(r.Content),
                        r.resource.ObservedAt,
                        r.resource.StaleAt,
                        Silent: true
                    )
                    : new StandingFact(r.resource, new FactContent(r.Content), r.resource.ObservedAt)
            ),
        ];
    }
}
