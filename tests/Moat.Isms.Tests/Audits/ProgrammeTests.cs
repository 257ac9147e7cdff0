using Moat.Isms.Audits;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Requirements;
using Moat.Isms.Readiness;

namespace Moat.Tests;

/// <summary>The audit programme: everything is covered, what matters more comes more often, and says why.</summary>
public sealed class ProgrammeTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_proposed_programme_covers_everything_and_is_adopted_only_without_a_gap(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var empty = await Programme(company);
        Assert.Null(empty.Ref);
        Assert.Equal(empty.Requirements.Count, empty.Uncovered.Count);
        Assert.True(empty.Requirements.Count > 60);

        await company.Run<ProgrammeProcess, ProposeProgramme, Done>(p => p.Propose, new ProposeProgramme());
        var proposed = await Programme(company);
        Assert.Equal(
            ("PROG-1", ProgrammeState.Proposed, 6),
            (proposed.Ref, proposed.State!.Value, proposed.Audits.Count)
        );
        Assert.Empty(proposed.Uncovered);
        Assert.All(proposed.Requirements, r => Assert.NotEmpty(r.Reasons));
        Assert.All(proposed.Requirements, r => Assert.Equal(r.Weight, r.Audits.Count));
        Assert.Contains(proposed.Requirements, r => r.Weight > 1);
        Assert.Contains(proposed.Requirements, r => r.Weight == 1);

        var planned = proposed.Audits[0].Ref;
        await company.Run<AuditProcess, DropAudit, Done>(
            p => p.Drop,
            new DropAudit { Ref = planned, Reason = "Nobody has time in August" }
        );
        var onlyThere = proposed.Requirements.First(r => r.Audits is [var one] && one.Ref == planned).Requirement;
        Assert.Contains(
            $"No audit of the cycle covers {onlyThere}",
            await AuditCase.Broken("audits.adopt.coverage", () => Adopt(company, "PROG-1")),
            StringComparison.Ordinal
        );
        Assert.Contains(onlyThere, (await Programme(company)).Uncovered);

        // An audit that is planned by hand closes the gap as well.
        var gap = (await Programme(company)).Uncovered;
        await company.Run<AuditProcess, PlanAudit, Done>(p => p.Plan, await AuditCase.Input(company, null, [.. gap]));
        await Adopt(company, "PROG-1");
        Assert.Equal("Ada Acme", (await Programme(company)).AdoptedBy);
        await AuditCase.Broken("audits.adopt.proposed", () => Adopt(company, "PROG-1"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_found_weighs_more_in_the_next_programme_and_its_audits_replace_those_planned_before(
        string database
    )
    {
        await using var company = await RuleTests.Completed(database);
        await company.Run<ProgrammeProcess, ProposeProgramme, Done>(
            p => p.Propose,
            new ProposeProgramme { Years = 1, AuditsAYear = 1 }
        );
        await Adopt(company, "PROG-1");
        var auditor = await AuditCase.With(company, Role.Auditor, "Emil Auditor");
        var before = (await Programme(company)).Requirements.Single(r => r.Requirement == "7.4");
        var audit = await AuditCase.Running(company, auditor, "7.4");
        await AuditCase.Find(company, auditor, audit, "7.4", FindingGrade.Minor);
        var after = (await Programme(company)).Requirements.Single(r => r.Requirement == "7.4");
        Assert.Equal((before.Weight, before.Weight + 1), (after.Weight, after.WeightNow));

        await company.Run<ProgrammeProcess, ProposeProgramme, Done>(p => p.Propose, new ProposeProgramme());
        var next = (await Programme(company)).Requirements.Single(r => r.Requirement == "7.4");
        Assert.Contains(next.Reasons, r => r.StartsWith("FIND-1, minor", StringComparison.Ordinal));
        await Adopt(company, "PROG-2");
        Assert.Equal(AuditState.Dropped, (await AuditCase.Get(company, "AUD-1")).Row.State);
        Assert.Equal(AuditState.Running, (await AuditCase.Get(company, audit)).Row.State);
    }

    [Fact]
    public void The_first_year_looks_at_everything_and_later_years_at_what_weighs()
    {
        var requirements = Enumerable
            .Range(1, 12)
            .Select(i => new Weighed($"A.8.{i}", "", "control", 1 + i % 3, []))
            .ToList();
        foreach (var (years, audits) in new[] { (1, 1), (2, 2), (3, 2), (5, 4) })
        {
            var looks = ProgrammePlan.Of(requirements, new DateOnly(2026, 1, 1), years, audits);
            Assert.All(
                requirements,
                r =>
                    Assert.Equal(
                        r.Weight switch
                        {
                            3 => years,
                            2 => Math.Min(2, years),
                            _ => 1,
                        },
                        looks.Count(l => l.Requirements.Contains(r.Requirement))
                    )
            );
            Assert.Equal(requirements.Count, looks.Where(l => l.StartsOn.Year == 2026).Sum(l => l.Requirements.Count));
            Assert.All(
                looks,
                l => Assert.InRange(l.StartsOn, new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 1).AddYears(years))
            );
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Readiness_of_the_audit_clause_follows_the_records(string database)
    {
        await using var company = await RuleTests.Completed(database);
        Assert.Equal("No audit programme is adopted by a person", (await Rule(company, "audit-programme")).Because);
        await company.Run<ProgrammeProcess, ProposeProgramme, Done>(p => p.Propose, new ProposeProgramme());
        Assert.False((await Rule(company, "audit-programme")).Holds);
        await Adopt(company, "PROG-1");
        Assert.True((await Rule(company, "audit-programme")).Holds);

        var auditor = await AuditCase.With(company, Role.Auditor, "Emil Auditor");
        var audit = await AuditCase.Running(company, auditor, "7.3", "7.4");
        var finding = await AuditCase.Find(company, auditor, audit, "7.3");
        await AuditCase.Examine(company, auditor, audit, "7.4");
        Assert.Equal(
            "No internal audit is reported by a person that took a week or longer and noted what was examined",
            (await Rule(company, "audit-held")).Because
        );
        company.Clock.Advance(TimeSpan.FromDays(8));
        await AuditCase.Conclude(company, auditor, audit);
        Assert.True((await Rule(company, "audit-held")).Holds);

        Assert.Contains(
            "0 of 1 major and minor findings",
            (await Rule(company, "audit-findings-acted")).Because,
            StringComparison.Ordinal
        );
        await company.Run<FindingProcess, AcceptFinding, Done>(
            p => p.Accept,
            new AcceptFinding { Ref = finding, Owner = "PER-1" }
        );
        Assert.Equal(
            "No nonconformity from a finding was closed 30 days or more after it was raised",
            (await Rule(company, "audit-findings-acted")).Because
        );

        // Nobody looks for the cause: the task of the nonconformity is overdue.
        company.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Contains(
            "0 of 1 major and minor findings",
            (await Rule(company, "audit-findings-acted")).Because,
            StringComparison.Ordinal
        );
        await company.Do(
            "nonconformities.correct",
            new { @ref = "NC-1", correction = "The two people passed the course this week." }
        );
        await company.Do(
            "nonconformities.analyse",
            new
            {
                @ref = "NC-1",
                whys = new[] { "Nobody was reminded", "The reminder goes to an old list" },
                cause = "Reminders go to a list that nobody keeps.",
                lookedElsewhere = "All other lists of reminders",
                foundElsewhere = "None of them is old",
            }
        );
        await company.Do(
            "nonconformities.close",
            new { @ref = "NC-1", reason = "The list is made from the people register now." }
        );
        Assert.True((await Rule(company, "audit-findings-acted")).Holds);
        company.Clock.Advance(TimeSpan.FromDays(360));
        Assert.Contains("days ago", (await Rule(company, "audit-held")).Because, StringComparison.Ordinal);
        Assert.Contains("days ago", (await Rule(company, "audit-programme")).Because, StringComparison.Ordinal);
    }

    private static Task<ProgrammeView> Programme(Company company) =>
        company.Run<ProgrammeProcess, Nothing, ProgrammeView>(p => p.Programme, new Nothing());

    private static Task<Done> Adopt(Company company, string programme) =>
        company.Run<ProgrammeProcess, ChangeRecord, Done>(p => p.Adopt, new ChangeRecord { Ref = programme });

    private static async Task<RuleView> Rule(Company company, string rule) =>
        (
            await company.Run<ReadinessProcess, OneRecord, RequirementView>(p => p.Get, new OneRecord { Ref = "9.2.1" })
        ).Rules.Single(r => r.Rule == rule);
}
