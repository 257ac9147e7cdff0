using Moat.Isms.Changes;
using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using static Moat.Tests.BrokenRule;

namespace Moat.Tests;

/// <summary>Steps that come after or before others: what is behind is not done again, what is ahead not yet.</summary>
public sealed class StepRuleTests
{
    [Fact]
    public async Task An_audit_is_dropped_before_it_starts_starts_once_and_is_reported_while_it_runs()
    {
        await using var company = await RuleTests.Completed("sqlite");
        var auditor = await AuditCase.With(company, Role.Auditor, "Aud Itor");
        var audit = await AuditCase.Plan(company, auditor, "A.8.4");
        await Broken("audits.conclude.running", () => AuditCase.Conclude(company, auditor, audit));
        Task Start() => company.Do("audits.start", new { @ref = audit }, auditor);
        await Start();
        await Broken("audits.start.planned", Start);
        await Broken(
            "audits.drop.planned",
            () => company.Do("audits.drop", new { @ref = audit, reason = "Nobody has time for it." })
        );
    }

    [Fact]
    public async Task A_review_decides_on_figures_that_are_frozen()
    {
        await using var company = await RuleTests.Drafted("sqlite");
        var manager = await ReviewTests.Manager(company);
        var review = await ReviewTests.Scheduled(company, manager);
        var nothing = new
        {
            @ref = review,
            kind = "no-change",
            text = "Nothing changes",
            reason = "Every figure is where it was, and the roadmap has no new model.",
        };
        await Broken("reviews.decide.open", () => company.Do("reviews.decide", nothing, manager));
        await company.Do("reviews.prepare", new { @ref = review }, manager);
        await company.Do("reviews.decide", nothing, manager);
    }

    [Fact]
    public async Task A_change_is_carried_out_once_it_is_approved_and_one_that_was_dropped_stays_so()
    {
        await using var company = await Company.Found("sqlite");
        await company.Run<ChangeProcess, PlanChange, Done>(p => p.Create, ChangeTests.Gpu);
        await Broken(
            "changes.complete.state",
            () => company.Do("changes.complete", new { @ref = "CHG-1", outcome = "Half of the jobs run there" })
        );
        await company.Do("changes.drop", new { @ref = "CHG-1", reason = "The provider raised its price." });
        await Broken(
            "changes.confirm-consequences.state",
            () =>
                company.Do(
                    "changes.confirm-consequences",
                    new
                    {
                        @ref = "CHG-1",
                        consequences = "The boundary has to be shown again.",
                        processes = new[] { "supplier-management" },
                    }
                )
        );
        await Broken("changes.approve.state", () => company.Do("changes.approve", new { @ref = "CHG-1" }));
    }

    [Fact]
    public async Task An_idea_that_was_declined_is_not_planned()
    {
        await using var company = await Company.Found("sqlite");
        await company.Run<ImprovementProcess, SuggestImprovement, Done>(
            p => p.Suggest,
            new SuggestImprovement
            {
                Title = "Publish what we train on",
                ExpectedEffect = "Questionnaires take one day instead of four",
            }
        );
        var plan = new
        {
            @ref = "IMP-1",
            owner = "PER-1",
            dueOn = "2026-05-01",
        };
        await company.Do("improvements.plan", plan);
        await company.Do("improvements.decline", new { @ref = "IMP-1", reason = "Customers do not ask for it." });
        await Broken("improvements.plan.state", () => company.Do("improvements.plan", plan));
    }

    [Fact]
    public async Task An_action_is_done_once_and_verified_when_it_is_done()
    {
        await using var company = await Company.Found("sqlite");
        var max = await company.As(Role.IsmsManager, "Max Manager");
        await NonconformityTests.Raise(company, NonconformityTests.OptOut);
        await company.Do("nonconformities.correct", new { @ref = "NC-1", correction = "Version 9 withdrawn" });
        await company.Run<NonconformityProcess, AnalyseNonconformity, Done>(p => p.Analyse, NonconformityTests.Joined);
        await NonconformityTests.Plan(company, "PER-1");
        Task Verify() => NonconformityTests.Verify(company, max, effective: true, file: true);
        company.Clock.Advance(TimeSpan.FromDays(50));
        await Broken("actions.verify.done", Verify);
        await NonconformityTests.Complete(company, company.Owner);
        await Broken("actions.complete.planned", () => NonconformityTests.Complete(company, company.Owner));
        await Broken(
            "actions.drop.planned",
            () => company.Do("actions.drop", new { @ref = "ACT-1", reason = "Another one is cheaper than this." })
        );
        await Verify();
        await Broken(
            "nonconformities.analyse.open",
            () =>
                company.Run<NonconformityProcess, AnalyseNonconformity, Done>(p => p.Analyse, NonconformityTests.Joined)
        );
    }
}
