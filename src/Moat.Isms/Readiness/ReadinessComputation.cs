using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Kernel.Rules;
using Moat.Isms.StatementOfApplicability;
using Moat.Knowledge;

namespace Moat.Isms.Readiness;

/// <summary>Computes Documented, Operating and Improving for every sub-clause and every applicable control.</summary>
public sealed class ReadinessComputation(
    MoatDb db,
    KnowledgeBase knowledge,
    ControlRequirements controls,
    IServiceProvider services
) : IReadiness
{
    /// <summary>What readiness of today is computed from.</summary>
    public Task<ReadinessFacts> Facts(CancellationToken ct) =>
        db.Unchanged(nameof(ReadinessFacts), () => ReadinessFacts.Read(db, services, ct), ct);

    /// <inheritdoc />
    public Task<IReadOnlyList<RequirementView>> Today(CancellationToken ct) =>
        db.Unchanged(nameof(Today), () => Requirements(ct), ct);

    private async Task<IReadOnlyList<RequirementView>> Requirements(CancellationToken ct)
    {
        var facts = await Facts(ct);
        return [.. knowledge.Clauses.Where(c => !c.Heading).Select(c => Clause(c, facts)), .. await Controls(ct)];
    }

    private static RequirementView Clause(ClauseEntry clause, ReadinessFacts facts)
    {
        var rules = clause
            .Documented.Select(r => ("documented", r))
            .Concat(clause.Operating.Select(r => ("operating", r)))
            .Concat(clause.Improving.Select(r => ("improving", r)))
            .Concat(RuleCatalog.OfClauses[clause.Id].Select(a => (a.Dimension, r: Hint(a))))
            .Select(x => View(x.Item1, x.r, facts.Judge(clause.Id, x.r)))
            .ToList();
        return new RequirementView(
            clause.Id,
            clause.Title,
            "clause",
            clause.Step,
            clause.Asks,
            DoiOf(rules),
            rules,
            $"readiness/{clause.Id}"
        );
    }

    private static RuleHint Hint(RuleOfClause asked) =>
        new()
        {
            Rule = asked.Rule,
            MaxAge = asked.MaxAge,
            Next = asked.Next,
            Link = asked.Link,
        };

    private static RuleView View(string dimension, RuleHint rule, RuleResult result) =>
        new(
            dimension,
            rule.Rule,
            result.Holds,
            result.Because,
            result.Holds ? null : rule.Next,
            rule.Link,
            Built: true
        );

    private async Task<IEnumerable<RequirementView>> Controls(CancellationToken ct)
    {
        var all = await db.Set<Control>()
            .AsNoTracking()
            .Of(null)
            .Where(c => c.Applicability == Applicability.Applicable)
            .OrderBy(c => c.Order)
            .ThenBy(c => c.Number)
            .Select(c => new { c.Code, c.Title })
            .ToListAsync(ct);
        var rules = await controls.Read(ct);
        return all.Select(c => new RequirementView(
            c.Code,
            c.Title,
            "control",
            StepOf(c.Code),
            null,
            DoiOf(rules[c.Code]),
            rules[c.Code],
            $"controls/{c.Code}"
        ));
    }

    // The controls about incidents and reporting them are the ninth step; all others belong to the risk-based ones.
    private static int StepOf(string control) =>
        control is "A.5.24" or "A.5.25" or "A.5.26" or "A.5.27" or "A.5.28" or "A.6.8" ? 9 : 6;

    private static Doi DoiOf(IReadOnlyList<RuleView> rules)
    {
        Share Of(string dimension) =>
            new(rules.Count(r => r.Dimension == dimension && r.Holds), rules.Count(r => r.Dimension == dimension));
        return new Doi(Of("documented"), Of("operating"), Of("improving"));
    }
}
