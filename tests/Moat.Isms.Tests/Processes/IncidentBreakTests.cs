using Moat.Isms.Incidents.Duties;
using static Moat.Tests.BreakTests;

namespace Moat.Tests;

/// <summary>Breaks about what is reported, about risks after an incident, and about who must be told.</summary>
public sealed class IncidentBreakTests
{
    public static TheoryData<string> Databases => [.. Company.Databases];

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_reported_is_looked_at_within_two_whole_days(string database)
    {
        await using var company = await Company.Found(database);
        company.Clock.Advance(TimeSpan.FromHours(14));
        await company.Do("incidents.report", new { text = "The model answered with somebody's address" });
        await IntakeTests.Receive(company, IntakeTests.Alert(company, "drift", null));
        Pass(company, 2);
        await Whole(company, "report-untriaged", "alert-untriaged");
        Pass(company, 1);
        await Missing(company, "report-untriaged", "EVT-1");
        await Missing(company, "alert-untriaged", "ALERT-1");
        await company.Do(
            "reported-events.triage",
            new
            {
                @ref = "EVT-1",
                incident = false,
                reason = "The address of our own office",
            }
        );
        await company.Do(
            "alerts.triage",
            new
            {
                @ref = "ALERT-1",
                incident = false,
                reason = "A planned load test",
            }
        );
        await Whole(company, "report-untriaged", "alert-untriaged");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Who_must_be_told_is_told_in_time_and_the_risk_of_a_crown_jewel_is_assessed_again(string database)
    {
        await using var company = await RuleTests.Completed(database);
        var weights = await IntakeTests.Asset(company, "Weights", jewel: true, need: 4);
        await IncidentTests.Open(company, weights);
        await company.Do("incidents.assess", new { @ref = "INC-1", facts = new[] { "personal-data" } });
        var duty = (await IncidentTests.Get(company)).Duties.Single(d => d.DutyId == "gdpr-art-33");
        var due = duty.Notices.Single().DueAt;
        company.Clock.Advance(due - company.Clock.GetUtcNow().UtcDateTime - TimeSpan.FromHours(1));
        await Whole(company, "duty-overdue");
        Pass(company, 1);
        await Missing(company, "duty-overdue", duty.Ref);
        foreach (var open in (await IncidentTests.Get(company)).Duties.Where(d => d.State == DutyState.Open))
        foreach (var notice in open.Notices)
            await company.Do(
                "duties.send",
                new
                {
                    @ref = open.Ref,
                    stage = notice.Stage,
                    how = "Portal of the authority, case 2026-1187",
                }
            );
        await Whole(company, "duty-overdue");

        await IncidentTests.Assess(company, "INC-1", "personal-data");
        await IncidentTests.Recover(company);
        await IncidentTests.Review(company);
        await company.Do("incidents.close", new { @ref = "INC-1" });
        await IncidentTests.Open(company, weights);
        await IncidentTests.Assess(company, "INC-2");
        await company.Do(
            "incidents.rate",
            new
            {
                @ref = "INC-2",
                severity = "low",
                reason = "The weights were never reached",
            }
        );
        await IncidentTests.Recover(company, "INC-2");
        await company.Do(
            "incidents.close",
            new { @ref = "INC-2", noReviewBecause = "A planned test of the alarm that nobody had announced" }
        );
        Pass(company, 30);
        await Whole(company, "incident-without-risk");
        Pass(company, 1);
        // The review of the first named a risk; naming it is not yet assessing it.
        await Missing(company, "incident-without-risk", "INC-1");
        await Missing(company, "incident-without-risk", "INC-2");
        await Assess(company, "RISK-1");
        Assert.Equal("INC-2", Assert.Single((await Found(company, "incident-without-risk"))!.Records).Ref);
        await Assess(company, "RISK-1", becauseOf: "INC-2");
        await Whole(company, "incident-without-risk");
    }
}
