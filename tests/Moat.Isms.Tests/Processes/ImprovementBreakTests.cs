using Moat.Isms.Improvement;
using Moat.Isms.Kernel;
using static Moat.Tests.BreakTests;

namespace Moat.Tests;

/// <summary>Breaks about corrective actions and about what others do for the ISMS.</summary>
public sealed class ImprovementBreakTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task A_corrective_action_is_done_by_its_date_and_its_effect_is_seen_by_somebody_else(string database)
    {
        await using var company = await Company.Found(database);
        var max = await company.As(Role.IsmsManager, "Max Manager");
        await NonconformityTests.Raise(company, NonconformityTests.OptOut);
        await company.Run<NonconformityProcess, CorrectNonconformity, Done>(
            p => p.Correct,
            new CorrectNonconformity { Ref = "NC-1", Correction = "Version 9 withdrawn, the customer told" }
        );
        await company.Run<NonconformityProcess, AnalyseNonconformity, Done>(p => p.Analyse, NonconformityTests.Joined);
        await NonconformityTests.Plan(company, "PER-1");
        Pass(company, 14);
        await Whole(company, "corrective-action-overdue");
        Pass(company, 1);
        await Missing(company, "corrective-action-overdue", "ACT-1");
        await NonconformityTests.Complete(company, company.Owner);
        await Whole(company, "corrective-action-overdue");

        // Its effect can be seen thirty days after its date, and two weeks are time enough to look.
        Pass(company, 43);
        await Whole(company, "effect-unverified");
        Pass(company, 1);
        await Missing(company, "effect-unverified", "ACT-1");
        await NonconformityTests.Verify(company, max, effective: true, file: true);
        await Whole(company, "effect-unverified");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_others_do_is_looked_at_within_its_cycle(string database)
    {
        await using var company = await Company.Found(database);
        var supplier = Ref(
            await company.Do(
                "suppliers.create",
                new
                {
                    name = "Labelwerk",
                    service = "Labels notes",
                    dataClass = 3,
                    stopsUs = false,
                }
            )
        );
        var labels = Ref(
            await company.Do(
                "outsourced.create",
                new
                {
                    title = "Labelling of notes",
                    kind = "process",
                    supplier,
                    criteria = "Two labellers agree on each record",
                    controlExercised = "Batches are signed and sampled",
                    monitoredBy = "Agreement of each batch",
                    owner = "PER-1",
                    reviewDays = 60,
                }
            )
        );
        Pass(company, 60);
        await Whole(company, "outsourced-overdue");
        Pass(company, 1);
        await Missing(company, "outsourced-overdue", labels);
        await company.Do(
            "outsourced.review",
            new { @ref = labels, finding = "Agreement at 0.83, one batch sent back." }
        );
        await Whole(company, "outsourced-overdue");
        Pass(company, 61);
        await Missing(company, "outsourced-overdue", labels);
        await company.Do("outsourced.end", new { @ref = labels, reason = "Our own team labels now" });
        await Whole(company, "outsourced-overdue");
    }
}
