using Moat.Isms.Kernel;
using static Moat.Tests.BreakTests;

namespace Moat.Tests;

/// <summary>Breaks about what auditors ask for, and about management reviews and what they decide.</summary>
[TakesLong]
public sealed class ReviewBreakTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task What_an_auditor_asks_for_is_shown_by_its_date_and_again_when_it_was_not_enough(string database)
    {
        await using var company = await Company.Found(database);
        var auditor = await AuditCase.With(company, Role.Auditor, "Paula External");
        var due = Today(company).AddDays(5);
        await RequestTests.Ask(company, auditor, due);
        Pass(company, 5);
        await Whole(company, "request-overdue");
        Pass(company, 1);
        await Missing(company, "request-overdue", "REQ-1");
        await RequestTests.Answer(company, company.Owner);
        await Whole(company, "request-overdue");
        await RequestTests.Judge(company, auditor, accept: false, "The list ends in January.");
        await Missing(company, "request-overdue", "REQ-1");
        await RequestTests.Answer(company, company.Owner);
        await Whole(company, "request-overdue");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_review_sees_every_objective_its_minutes_are_approved_and_its_decisions_carried_out(
        string database
    )
    {
        await using var company = await RuleTests.Drafted(database);
        var manager = await ReviewTests.Manager(company);
        var goal = Ref(
            await company.Do(
                "objectives.create",
                new
                {
                    title = "Batches are validated",
                    metric = "Share validated",
                    unit = "%",
                    target = 99,
                    comparator = "at-least",
                    period = "month",
                    measuredBy = "Pipeline",
                    plan = "A gate",
                    owner = "PER-1",
                }
            )
        );
        var review = await Reviewed(company, manager);
        Pass(company, 30);
        await Whole(company, "minutes-unapproved");
        Pass(company, 1);
        await Missing(company, "minutes-unapproved", review);
        await ReviewTests.Approve(company, review);
        await Whole(company, "minutes-unapproved");

        var decided = (await ReviewTests.Get(company, review)).Decisions.Single().ResultRef!;
        Pass(company, 29);
        await Whole(company, "decision-overdue");
        Pass(company, 1);
        await Missing(company, "decision-overdue", decided);
        await company.Do("tasks.complete", new { @ref = decided, outcome = "Signed since release 1.5." }, manager);
        await Whole(company, "decision-overdue");

        // A year after the review that saw it, nobody has seen it in the year.
        Pass(company, 304);
        await Whole(company, "objective-unreviewed");
        Pass(company, 1);
        await Missing(company, "objective-unreviewed", goal);
        await Reviewed(company, manager);
        await Whole(company, "objective-unreviewed");
    }

    private static async Task<string> Reviewed(Company company, Caller by)
    {
        var review = await ReviewTests.Scheduled(company, by, on: Day(company, 20));
        await company.Do("reviews.prepare", new { @ref = review }, by);
        await ReviewTests.Held(company, review, by, Day(company, 60));
        return review;
    }
}
