using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Kernel;
using Moat.Isms.Objectives;
using Moat.Isms.People.Responsibilities;
using Moat.Isms.Risks;
using Moat.Knowledge;

namespace Moat.Isms.Drafts;

/// <summary>
/// Drafts scope, parties, issues, obligations, roles, objectives and the risk method from the interview.
/// </summary>
public sealed class ContextDrafts(MoatDb db, KnowledgeBase knowledge)
{
    private const int MostObjectives = 8;

    private int _entered;

    /// <summary>Enters what is not drafted yet; answers how many.</summary>
    public async Task<int> Draft(DraftBasis basis, CancellationToken ct)
    {
        _entered = 0;
        await DraftScope(basis, ct);
        await DraftParties(basis, ct);
        await DraftIssues(basis, ct);
        await DraftObligations(basis, ct);
        await DraftBusiness(basis, ct);
        await DraftRoles(basis, ct);
        await DraftObjectives(basis, ct);
        await DraftMethod(ct);
        return _entered;
    }

    private async Task DraftScope(DraftBasis basis, CancellationToken ct)
    {
        if (await db.Set<Scope>().AnyAsync(ct))
            return;
        var text = new ScopeText(basis);
        var scope = await Enter(
            new Scope
            {
                Statement = text.Statement(),
                Boundaries = text.Boundaries(),
                Exclusions = text.Exclusions(),
            },
            ct
        );
        scope.Propose(
            "Built from what you sell, where it runs and what you leave out. The statement is what a customer reads on the certificate, so it names the product, not the company's hopes.",
            "interview:scope",
            text.From
        );
    }

    private async Task DraftParties(DraftBasis basis, CancellationToken ct)
    {
        var known = await Known<InterestedParty>(ct);
        foreach (
            var party in knowledge.DraftedContext.Parties.Where(p =>
                p.Applies.Holds(basis.Flags) && !known.Contains($"party:{p.Key}")
            )
        )
            (
                await Enter(
                    new InterestedParty
                    {
                        Name = party.Name,
                        Needs = party.Needs,
                        Answer = party.Answer,
                    },
                    ct
                )
            ).Propose(
                Why("They care", party.Applies, basis, "Every company with AI in its product has them."),
                $"party:{party.Key}",
                basis.For(party.Applies).From
            );
    }

    private async Task DraftIssues(DraftBasis basis, CancellationToken ct)
    {
        var known = await Known<ContextIssue>(ct);
        foreach (
            var issue in knowledge.DraftedContext.Issues.Where(i =>
                i.Applies.Holds(basis.Flags) && !known.Contains($"issue:{i.Key}")
            )
        )
            (
                await Enter(
                    new ContextIssue
                    {
                        Title = issue.Title,
                        Side = issue.Side == "internal" ? IssueSide.Internal : IssueSide.External,
                        Effect = issue.Effect,
                        IsClimate = issue.Climate,
                    },
                    ct
                )
            ).Propose(
                issue.Climate
                    ? "Since amendment 1:2024 each company decides whether climate change is relevant and keeps the reason; either answer is fine."
                    : Why("It bears on you", issue.Applies, basis, "It holds for nearly every company that builds AI."),
                $"issue:{issue.Key}",
                basis.For(issue.Applies).From
            );
    }

    private async Task DraftObligations(DraftBasis basis, CancellationToken ct)
    {
        var known = await Known<Obligation>(ct);
        foreach (
            var duty in knowledge.DraftedContext.Obligations.Where(o =>
                o.Applies.Holds(basis.Flags) && !known.Contains($"obligation:{o.Key}")
            )
        )
            (
                await Enter(
                    new Obligation
                    {
                        Name = duty.Name,
                        Kind = Enum.Parse<ObligationKind>(duty.Kind, ignoreCase: true),
                        Asks = duty.Asks,
                        Controls = [.. duty.Controls],
                    },
                    ct
                )
            ).Propose(
                Why("It concerns you", duty.Applies, basis, ""),
                $"obligation:{duty.Key}",
                basis.For(duty.Applies).From
            );
    }

    private async Task DraftBusiness(DraftBasis basis, CancellationToken ct)
    {
        var known = await Known<BusinessObjective>(ct);
        DateOnly? deadline = DateOnly.TryParseExact(basis.Answers.One("deadline"), "yyyy-MM-dd", out var day)
            ? day
            : null;
        foreach (
            var goal in knowledge.DraftedContext.Business.Where(b =>
                b.Applies.Holds(basis.Flags) && Given(basis.Answers, b.From) && !known.Contains($"business:{b.Key}")
            )
        )
            (
                await Enter(
                    new BusinessObjective
                    {
                        Title = goal
                            .Title.Replace($"{{{goal.From}}}", basis.Answers.One(goal.From), StringComparison.Ordinal)
                            .Cut(300),
                        WhySecurity = goal.WhySecurity,
                        Horizon = goal.ByDeadline ? deadline : null,
                    },
                    ct
                )
            ).Propose(
                goal.Why,
                $"business:{goal.Key}",
                [goal.From, .. basis.For(goal.Applies).From.Where(f => f != DraftBasis.Always)]
            );
    }

    // An answer by its key, or one of its choices as asks=iso27001.
    private static bool Given(InterviewAnswers answers, string from) =>
        from.Split('=') is [var key, var choice]
            ? answers.All(key).Contains(choice)
            : answers.One(from) is { Length: > 0 };

    private async Task DraftRoles(DraftBasis basis, CancellationToken ct)
    {
        var known = await Known<RoleAssignment>(ct);
        foreach (
            var role in knowledge.Roles.Where(r => r.Applies.Holds(basis.Flags) && !known.Contains($"role:{r.Id}"))
        )
            (
                await Enter(
                    new RoleAssignment
                    {
                        Key = role.Id,
                        Title = role.Title,
                        Duties = string.Join(
                            "\n",
                            role.Duties.Concat(role.Authority.Select(a => $"May: {a}"))
                                .Where(d => SpokenWords.Fits(d, basis.Flags))
                        ),
                    },
                    ct
                )
            ).Propose(
                $"At your size usually taken by: {role.SuggestedFor}",
                $"role:{role.Id}",
                ["people", .. basis.For(role.Applies).From]
            );
    }

    private async Task DraftObjectives(DraftBasis basis, CancellationToken ct)
    {
        var known = await Known<Objective>(ct);
        foreach (
            var goal in knowledge
                .Objectives.Where(o => o.Applies.Holds(basis.Flags))
                .Take(MostObjectives)
                .Where(o => !known.Contains($"objective:{o.Id}"))
        )
            (
                await Enter(
                    new Objective
                    {
                        Title = goal.Title,
                        Metric = goal.Metric,
                        Unit = goal.Unit,
                        Target = goal.Target,
                        Comparator = goal.Comparator == "at-least" ? Comparator.AtLeast : Comparator.AtMost,
                        Period = goal.Period,
                        MeasuredBy = goal.Source,
                        Plan = goal.Plan,
                        DueOn = db.Today.AddYears(1),
                    },
                    ct
                )
            ).Propose(
                $"{goal.Why} {Why("Proposed", goal.Applies, basis, "")}".TrimEnd(),
                $"objective:{goal.Id}",
                basis.For(goal.Applies).From
            );
    }

    private async Task DraftMethod(CancellationToken ct)
    {
        if (await db.Set<RiskMethod>().AnyAsync(ct))
            return;
        var method = knowledge.DraftedContext.Method;
        await Enter(
            new RiskMethod
            {
                Criteria = method.Criteria,
                LikelihoodScale = [.. method.Likelihood],
                ImpactScale = [.. method.Impact],
                Appetite = method.Appetite,
                High = method.High,
            },
            ct
        );
    }

    private Task<T> Enter<T>(T record, CancellationToken ct)
        where T : Referenced
    {
        _entered++;
        return db.Enter(record, ct);
    }

    private async Task<HashSet<string>> Known<T>(CancellationToken ct)
        where T : Proposable =>
        [.. (await db.Set<T>().Where(r => r.Source != null).Select(r => r.Source!).ToListAsync(ct))];

    private static string Why(string start, Condition applies, DraftBasis basis, string always)
    {
        var because = basis.For(applies).Words;
        return because.Length == 0 ? always : $"{start} {because}.";
    }
}
