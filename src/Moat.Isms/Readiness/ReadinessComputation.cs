using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Checks;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Rules;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Isms.Readiness;

/// <summary>Computes Documented, Operating and Improving for every sub-clause and every applicable control.</summary>
public sealed class ReadinessComputation(MoatDb db, KnowledgeBase knowledge, CheckBook book, CheckReading checks)
{
    private const int DaysOfACycle = 365;

    /// <summary>Every requirement as of today.</summary>
    public Task<IReadOnlyList<RequirementView>> Today(CancellationToken ct) =>
        db.Unchanged(nameof(Today), async () => await Requirements(await ReadinessFacts.Read(db, ct), ct), ct);

    /// <summary>Every requirement with its rules.</summary>
    public async Task<IReadOnlyList<RequirementView>> Requirements(ReadinessFacts facts, CancellationToken ct) =>
        [.. knowledge.Clauses.Where(c => !c.Heading).Select(c => Clause(c, facts)), .. await Controls(facts.Today, ct)];

    private static RequirementView Clause(ClauseEntry clause, ReadinessFacts facts)
    {
        var rules = clause.Documented.Select(r => ("documented", r))
            .Concat(clause.Operating.Select(r => ("operating", r)))
            .Concat(clause.Improving.Select(r => ("improving", r)))
            .Select(x => View(x.Item1, x.r, facts.Judge(clause.Id, x.r))).ToList();
        return new RequirementView(clause.Id, clause.Title, "clause", clause.Step, clause.Asks, DoiOf(rules), rules, $"readiness/{clause.Id}");
    }

    private static RuleView View(string dimension, RuleHint rule, RuleResult result) =>
        new(dimension, rule.Rule, result.Holds, result.Because, result.Holds ? null : rule.Next, rule.Link, Built: true);

    private async Task<IEnumerable<RequirementView>> Controls(DateOnly today, CancellationToken ct)
    {
        var controls = await db.Set<Control>().AsNoTracking()
            .Where(c => c.Standing != Standing.Rejected && c.Applicability == Applicability.Applicable)
            .OrderBy(c => c.Order).ThenBy(c => c.Number)
            .Select(c => new { c.Id, c.Code, c.Title, c.Standing, c.Implementation, c.HowDone, c.OwnerId })
            .ToListAsync(ct);
        var evidence = await (from link in db.Links
                              where link.Type == LinkTypes.Evidences
                              join item in db.Set<EvidenceItem>() on link.FromId equals item.Id
                              where item.WithdrawnAt == null && item.ValidUntil >= today
                              group item by link.ToId into g
                              select new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var since = db.Now.AddDays(-DaysOfACycle);
        var learned = (await db.Links.Where(l => l.Type == LinkTypes.LearnedFrom && l.CreatedAt >= since && l.FromKind == "CTL")
            .Select(l => l.FromId).Distinct().ToListAsync(ct)).ToHashSet();
        var watched = await Watched(ct);
        var incidents = await IncidentRules.Read(db, ct);
        return controls.Select(c =>
        {
            var link = $"controls/{c.Code}";
            var adopted = c.Standing == Standing.Adopted;
            var fresh = evidence.GetValueOrDefault(c.Id);
            var (passing, failing) = watched.GetValueOrDefault(c.Code);
            var rules = new List<RuleView>
            {
                Rule("documented", "control-described", adopted && !string.IsNullOrWhiteSpace(c.HowDone), adopted ? "How it is done here" : "Only proposed", "Say how it is done here and adopt it", link),
                Rule("documented", "control-owned", adopted && c.OwnerId is not null, c.OwnerId is null ? "No owner" : "Has an owner", "Name who answers for it", link),
                Rule("operating", "control-implemented", adopted && c.Implementation == Implementation.Implemented, $"State: {c.Implementation}", "Put it in place and say so", link),
                Rule("operating", "control-evidenced", fresh + passing > 0, $"{fresh} pieces of evidence count today{(passing > 0 ? $", and {passing} outcomes of checks pass" : "")}", knowledge.ControlById.GetValueOrDefault(c.Code)?.Evidence is [var hint, ..] ? $"Add evidence: {hint.What}" : "Add evidence", link),
                Rule("improving", "control-learned", learned.Contains(c.Id), learned.Contains(c.Id) ? "Changed because of something learned" : "Nothing learned changed it in a year", "Change it because of an incident, finding or measurement, and link that", link),
            };
            if (passing + failing > 0)
                rules.Insert(4, Rule("operating", "control-in-force", failing == 0, failing == 0 ? "Everything that is watched for it passes" : $"{failing} outcomes of checks fail or are unknown", "Mend what fails, or let somebody answer for it", link));
            rules.InsertRange(4, incidents.For(c.Code));
            return new RequirementView(c.Code, c.Title, "control", StepOf(c.Code), null, DoiOf(rules), rules, link);
        });
    }

    /// <summary>For each control, how many outcomes of its checks pass and how many do not. Unknown is not passing.</summary>
    private async Task<Dictionary<string, (int Passing, int Other)>> Watched(CancellationToken ct)
    {
        var counts = await checks.Counts(ct);
        return (await book.All(ct)).Where(c => counts.ContainsKey(c.Id))
            .SelectMany(c => c.Controls.Select(control => (control, counts[c.Id])))
            .GroupBy(c => c.control).ToDictionary(
                g => g.Key, g => (g.Sum(c => c.Item2.GetValueOrDefault(CheckOutcome.Passing)), g.Sum(c => c.Item2.Where(o => o.Key != CheckOutcome.Passing).Sum(o => o.Value))));
    }

    private static RuleView Rule(string dimension, string rule, bool holds, string because, string next, string link) =>
        new(dimension, rule, holds, because, holds ? null : next, link, Built: true);

    // The controls about incidents and reporting them are the ninth step; all others belong to the risk-based ones.
    private static int StepOf(string control) => control is "A.5.24" or "A.5.25" or "A.5.26" or "A.5.27" or "A.5.28" or "A.6.8" ? 9 : 6;

    private static Doi DoiOf(IReadOnlyList<RuleView> rules)
    {
        Share Of(string dimension) => new(rules.Count(r => r.Dimension == dimension && r.Holds), rules.Count(r => r.Dimension == dimension));
        return new Doi(Of("documented"), Of("operating"), Of("improving"));
    }
}
